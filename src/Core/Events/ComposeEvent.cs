namespace Compose.Events;

/// <summary>Output of Core while it works, which a sink passes to the shell. Core never waits for an answer.</summary>
internal abstract record ComposeEvent;

/// <summary>A result object for the pipeline.</summary>
internal sealed record ResultEvent(object Result) : ComposeEvent;

/// <summary>A batch of result objects for the pipeline, in order, where there are many (log lines).</summary>
internal sealed record ResultsEvent(IReadOnlyList<object> Results) : ComposeEvent;

/// <summary>A warning.</summary>
internal sealed record WarningEvent(string Message) : ComposeEvent;

/// <summary>A message for -Verbose, such as the reason for a decision.</summary>
internal sealed record VerboseEvent(string Message) : ComposeEvent;

/// <summary>A message for -Debug, such as a request to the engine. It never has secrets.</summary>
internal sealed record DebugEvent(string Message) : ComposeEvent;

/// <summary>A non-terminating error.</summary>
internal sealed record ErrorEvent(Errors.ErrorInfo Error) : ComposeEvent;

/// <summary>How far one piece of work has come.</summary>
/// <param name="Id">Stable name of the work: <c>pull redis:7</c>, <c>container web-1</c>.</param>
/// <param name="ParentId">The work this is a part of (a layer of a pull), or null.</param>
/// <param name="Activity">What is being done: <c>Pulling</c>, <c>Waiting</c>.</param>
/// <param name="Status">The state at the moment: <c>Extracting</c>, <c>Healthy</c>.</param>
/// <param name="Current">Units done (bytes, steps), or null.</param>
/// <param name="Total">Units in all, or null where unknown.</param>
/// <param name="Completed">True when this work is over.</param>
internal sealed record ProgressEvent(
    string Id, string? ParentId, string Activity, string Status, long? Current, long? Total, bool Completed) : ComposeEvent
{
    /// <summary>What it says at the moment: the last line a step of a build printed; null where it says nothing.</summary>
    public string? Detail { get; init; }

    /// <summary>Whether to show how long the status has lasted.</summary>
    public bool Timed { get; init; }
}
