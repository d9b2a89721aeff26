using Compose.Plan.Building;
using Compose.Plan.Input;

namespace Compose.Plan;

/// <summary>What a command would do and why: ordered steps, grouped into operations that a user confirms.</summary>
public sealed class ComposePlan
{
    internal ComposePlan(
        string engineHost, string projectName, IReadOnlyList<PlanAction> actions, IReadOnlyList<PlanOperation> operations,
        IReadOnlyList<PlanQuestion> questions, IReadOnlyList<string> warnings) =>
        (EngineHost, ProjectName, Actions, Operations, Questions, Warnings) =
        (engineHost, projectName, [.. actions], [.. operations], [.. questions], [.. warnings]);

    public string EngineHost { get; }
    public string ProjectName { get; }

    /// <summary>The steps; each runs after the steps in its <c>After</c>.</summary>
    public IReadOnlyList<PlanAction> Actions { get; }

    /// <summary>The groups of steps that ShouldProcess asks about.</summary>
    public IReadOnlyList<PlanOperation> Operations { get; }

    /// <summary>Questions that only the user can answer. Without an answer the data is kept.</summary>
    public IReadOnlyList<PlanQuestion> Questions { get; }
    public IReadOnlyList<string> Warnings { get; }

    /// <summary>True when there is nothing to do.</summary>
    public bool IsEmpty => Actions.Count == 0;

    /// <summary>The whole plan as text, the same for the same input.</summary>
    public string Text => PlanText.Write(this);

    /// <summary>The inputs of a plan that a cmdlet returned for review; null for other plans.</summary>
    public PlanInputs? Inputs { get; internal set; }

    /// <summary>The images that a pull skips.</summary>
    internal IReadOnlyList<SkippedImage> SkippedImages { get; init; } = [];

    /// <summary>The services that can be built and whose image is not on the engine.</summary>
    internal IReadOnlyList<(string Service, string Image)> Unbuilt { get; init; } = [];

    /// <inheritdoc/>
    public override string ToString() => Text;

    /// <summary>This plan without warnings that were written already.</summary>
    internal ComposePlan Without(ICollection<string> warnings)
    {
        var remaining = Warnings.Where(warning => !warnings.Contains(warning));
        return new(EngineHost, ProjectName, Actions, Operations, Questions, [.. remaining])
        {
            Inputs = Inputs, SkippedImages = SkippedImages, Unbuilt = Unbuilt,
        };
    }
}

/// <summary>A group of steps that only make sense together.</summary>
/// <param name="Id">The number that its steps have as their operation.</param>
/// <param name="Kind">Pull, Build, Create, Recreate, Reconnect, Start, Stop, Restart, Pause, Unpause, Kill, Remove, Rename, Hook,
/// or of a stack Update or Rollback.</param>
/// <param name="Target">What it changes: <c>service:web:1</c>.</param>
/// <param name="Cause">The reason.</param>
/// <param name="Impact">None, Downtime or DataLoss.</param>
public sealed record PlanOperation(int Id, string Kind, string Target, string Cause, string Impact)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Kind} {Target}";
}

/// <summary>A question to the user, because a change would lose data.</summary>
/// <param name="Id">The key of the answer: <c>recreate-volume:data</c>.</param>
/// <param name="Text">The question.</param>
public sealed record PlanQuestion(string Id, string Text)
{
    /// <inheritdoc/>
    public override string ToString() => Id;
}

/// <summary>The user's answers to a plan's questions. No answer means no.</summary>
internal sealed record Answers(IReadOnlyCollection<string> Yes)
{
    public static readonly Answers None = new([]);

    /// <summary>Whether every question is answered yes (-Force).</summary>
    public bool All { get; init; }

    public bool Agrees(string question) => All || Yes.Contains(question);
}
