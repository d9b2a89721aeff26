namespace Compose.Plan;

/// <summary>One step of a plan.</summary>
public abstract record PlanAction
{
    /// <summary>The step's number in the plan, from 1.</summary>
    public int Id { get; init; }

    /// <summary>What is done: CreateContainer, RemoveNetwork, ...</summary>
    public string Action => GetType().Name;

    /// <summary>To what: <c>service:web:1</c>, <c>network:default</c>, <c>image:redis:7</c>.</summary>
    public required string Target { get; init; }

    /// <summary>Why.</summary>
    public required string Cause { get; init; }

    /// <summary>The fields that differ, where they are the cause. Secret values are masked.</summary>
    public IReadOnlyList<FieldChange> Changes { get; init; } = [];

    /// <summary>None, Downtime or DataLoss.</summary>
    public string Impact { get; init; } = "None";

    /// <summary>The steps this one comes after.</summary>
    public IReadOnlyList<PlanEdge> After { get; init; } = [];

    /// <summary>The operation this step is part of; 0 for a wait, which is nobody's.</summary>
    public int Operation { get; init; }

    /// <summary>True when whether the step is needed depends on a pull or build that is not done yet.</summary>
    public bool Conditional { get; init; }

    /// <inheritdoc/>
    public sealed override string ToString() => $"{Action} {Target}";
}

/// <summary>A step that must be over first.</summary>
/// <param name="Id">That step's number.</param>
/// <param name="Required">False: its failure is only warned about.</param>
public sealed record PlanEdge(int Id, bool Required)
{
    /// <inheritdoc/>
    public override string ToString() => Required ? $"#{Id}" : $"#{Id}?";
}

/// <summary>A field that differs.</summary>
/// <param name="Field">The attribute as the compose file spells it.</param>
/// <param name="Old">What the engine has.</param>
/// <param name="New">What the file wants.</param>
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
