namespace Compose.Plan;

/// <summary>One step of a plan.</summary>
public abstract record PlanAction
{
    /// <summary>The step's number in the plan, from 1.</summary>
    public int Id { get; init; }

    /// <summary>The kind of step: CreateContainer, RemoveNetwork, ...</summary>
    public string Action => GetType().Name;

    /// <summary>What it changes: <c>service:web:1</c>, <c>network:default</c>, <c>image:redis:7</c>.</summary>
    public required string Target { get; init; }

    /// <summary>The reason.</summary>
    public required string Cause { get; init; }

    /// <summary>The fields that differ, if that is the reason. Secret values are masked.</summary>
    public IReadOnlyList<FieldChange> Changes { get; init; } = [];

    /// <summary>None, Downtime or DataLoss.</summary>
    public string Impact { get; init; } = "None";

    /// <summary>The steps that have to end first.</summary>
    public IReadOnlyList<PlanEdge> After { get; init; } = [];

    /// <summary>The operation that this step is part of; 0 for a wait, which is part of none.</summary>
    public int Operation { get; init; }

    /// <summary>True when a pull or build that is still to come decides whether the step is needed.</summary>
    public bool Conditional { get; init; }

    /// <inheritdoc/>
    public sealed override string ToString() => $"{Action} {Target}";
}

/// <summary>A step that has to end before another one.</summary>
/// <param name="Id">Its number.</param>
/// <param name="Required">False if its failure is only a warning.</param>
public sealed record PlanEdge(int Id, bool Required)
{
    /// <inheritdoc/>
    public override string ToString() => Required ? $"#{Id}" : $"#{Id}?";
}

/// <summary>A field that differs.</summary>
/// <param name="Field">The attribute's name in the compose file.</param>
/// <param name="Old">The value on the engine.</param>
/// <param name="New">The value in the file.</param>
public sealed record FieldChange(string Field, string? Old, string? New)
{
    /// <inheritdoc/>
    public override string ToString() => Field;
}

/// <summary>A container that a step acts on: one that exists, or one that another step creates.</summary>
/// <param name="Id">The id of a container that exists; null for one that is to be created.</param>
/// <param name="CreatedBy">The step that creates it; null for a container that exists.</param>
/// <param name="Name">Its name when the step runs.</param>
internal sealed record ContainerReference(string? Id, int? CreatedBy, string Name)
{
    public static ContainerReference Existing(State.ObservedContainer container) => new(container.Id, null, container.Name);
    public static ContainerReference Created(int action, string name) => new(null, action, name);
}
