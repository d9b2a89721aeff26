using Compose.Errors;
using Compose.Plan;

namespace Compose.Execute;

/// <summary>The result of executing a plan.</summary>
public sealed record ExecutionReport
{
    public required string EngineHost { get; init; }
    public required string ProjectName { get; init; }
    public IReadOnlyList<ActionResult> Actions { get; init; } = [];

    /// <summary>Whether no step failed or was skipped because of a failure.</summary>
    public bool Succeeded => Failed.Count == 0;
    public IReadOnlyList<ActionResult> Failed => [.. Actions.Where(action => action.Status == "Failed")];
    public IReadOnlyList<ActionResult> Skipped => [.. Actions.Where(action => action.Status == "Skipped")];

    /// <summary>Whether the connection to the engine was lost: nothing more can be read from it.</summary>
    internal bool LostEngine => Actions.Any(action => EngineErrors.IsGone(action.Error?.Id));

    /// <inheritdoc/>
    public override string ToString() => ProjectName;

    /// <summary>The report without failures, for steps that are planned again.</summary>
    internal ExecutionReport WithoutFailures() =>
        this with { Actions = [.. Actions.Where(action => action.Status is not ("Failed" or "Skipped"))] };

    /// <summary>The report of two consecutive stages.</summary>
    internal ExecutionReport Then(ExecutionReport next) => next with { Actions = [.. Actions, .. next.Actions] };
}

/// <summary>The result of one step.</summary>
public sealed record ActionResult
{
    /// <summary>The kind of step: CreateContainer, ...</summary>
    public required string Action { get; init; }

    /// <summary>The target of the step: <c>service:web:1</c>.</summary>
    public required string Target { get; init; }

    /// <summary>Done, Failed, Skipped, or Warned for a failure that does not matter.</summary>
    public required string Status { get; init; }

    /// <summary>Why it was skipped or failed.</summary>
    public string? Reason { get; init; }
    public ErrorInfo? Error { get; init; }

    /// <summary>How long it took.</summary>
    public TimeSpan Duration { get; init; }
    internal PlanAction? Step { get; init; }

    /// <inheritdoc/>
    public override string ToString() => $"{Action} {Target}";
}
