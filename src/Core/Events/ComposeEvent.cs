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

/// <summary>The progress of one task.</summary>
/// <param name="Id">The task's id, the same in all its events: <c>pull redis:7</c>, <c>container web-1</c>.</param>
/// <param name="ParentId">The task that this one is a part of (the pull of a layer), or null.</param>
/// <param name="Activity">The kind of work, such as <c>Pulling</c> or <c>Waiting</c>.</param>
/// <param name="Status">The current state, such as <c>Extracting</c> or <c>Healthy</c>.</param>
/// <param name="Current">The units (bytes, steps) that are done, or null.</param>
/// <param name="Total">All units, or null if unknown.</param>
/// <param name="Completed">Whether the task has ended.</param>
internal sealed record ProgressEvent(
    string Id, string? ParentId, string Activity, string Status, long? Current, long? Total, bool Completed) : ComposeEvent
{
    /// <summary>The last line of a build step's output, or null.</summary>
    public string? Detail { get; init; }

    /// <summary>Whether to show the time since the status began.</summary>
    public bool Timed { get; init; }
}
