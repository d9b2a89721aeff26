using Compose.Plan.Building;
using Compose.Plan.Input;

namespace Compose.Plan;

/// <summary>What would be done, and why: steps with their order, in operations one can agree to.</summary>
public sealed class ComposePlan
{
    internal ComposePlan(
        string engineHost, string projectName, IReadOnlyList<PlanAction> actions, IReadOnlyList<PlanOperation> operations,
        IReadOnlyList<PlanQuestion> questions, IReadOnlyList<string> warnings) =>
        (EngineHost, ProjectName, Actions, Operations, Questions, Warnings) =
        (engineHost, projectName, [.. actions], [.. operations], [.. questions], [.. warnings]);

    public string EngineHost { get; }
    public string ProjectName { get; }

    /// <summary>The steps; each comes after those it names.</summary>
    public IReadOnlyList<PlanAction> Actions { get; }

    /// <summary>What a user says yes or no to.</summary>
    public IReadOnlyList<PlanOperation> Operations { get; }

    /// <summary>What only the user can decide; until then the data is kept.</summary>
    public IReadOnlyList<PlanQuestion> Questions { get; }
    public IReadOnlyList<string> Warnings { get; }

    /// <summary>True when the engine has all that is wanted.</summary>
    public bool IsEmpty => Actions.Count == 0;

    /// <summary>The whole plan as text, the same for the same input.</summary>
    public string Text => PlanText.Write(this);

    /// <summary>What it was made from, where a cmdlet made it to be looked at; null otherwise.</summary>
    public PlanInputs? Inputs { get; internal set; }

    /// <summary>The images a pull leaves alone.</summary>
    internal IReadOnlyList<SkippedImage> SkippedImages { get; init; } = [];

    /// <summary>The services whose images the engine lacks and only a build makes, unless a pull brings them.</summary>
    internal IReadOnlyList<(string Service, string Image)> Unbuilt { get; init; } = [];

    /// <inheritdoc/>
    public override string ToString() => Text;

    /// <summary>The same without warnings that were given already.</summary>
    internal ComposePlan Without(ICollection<string> warnings)
    {
        var remaining = Warnings.Where(warning => !warnings.Contains(warning));
        return new(EngineHost, ProjectName, Actions, Operations, Questions, [.. remaining])
        {
            Inputs = Inputs, SkippedImages = SkippedImages, Unbuilt = Unbuilt,
        };
    }
}

/// <summary>Steps that make sense only together.</summary>
/// <param name="Id">The number its steps carry.</param>
/// <param name="Kind">Pull, Build, Create, Recreate, Reconnect, Start, Stop, Restart, Pause, Unpause, Kill, Remove, Rename or
/// Hook.</param>
/// <param name="Target">What it is done to: <c>service:web:1</c>.</param>
/// <param name="Cause">Why.</param>
/// <param name="Impact">None, Downtime or DataLoss.</param>
public sealed record PlanOperation(int Id, string Kind, string Target, string Cause, string Impact)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Kind} {Target}";
}

/// <summary>Something that would lose data, so the user is asked.</summary>
/// <param name="Id">The key of the answer: <c>recreate-volume:data</c>.</param>
/// <param name="Text">The question.</param>
public sealed record PlanQuestion(string Id, string Text)
{
    /// <inheritdoc/>
    public override string ToString() => Id;
}

/// <summary>The user's answers to a plan's questions; what is not answered is no.</summary>
internal sealed record Answers(IReadOnlyCollection<string> Yes)
{
    public static readonly Answers None = new([]);

    /// <summary>Whether every question is answered yes (-Force).</summary>
    public bool All { get; init; }

    public bool Agrees(string question) => All || Yes.Contains(question);
}
