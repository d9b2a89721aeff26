namespace Compose.Events;

/// <summary>Something Core tells while it works. A sink passes it on; Core never waits for an answer.</summary>
internal abstract record ComposeEvent;

/// <summary>A result object for the pipeline.</summary>
internal sealed record ResultEvent(object Result) : ComposeEvent;

/// <summary>Result objects for the pipeline, in order: what comes in great numbers comes in batches.</summary>
internal sealed record ResultsEvent(IReadOnlyList<object> Results) : ComposeEvent;

/// <summary>Something surprising the user should know.</summary>
internal sealed record WarningEvent(string Message) : ComposeEvent;

/// <summary>A decision, for those who want to follow along.</summary>
internal sealed record VerboseEvent(string Message) : ComposeEvent;

/// <summary>What goes over the wire, without secrets.</summary>
internal sealed record DebugEvent(string Message) : ComposeEvent;

/// <summary>A failure that does not end the operation.</summary>
internal sealed record ErrorEvent(Errors.ErrorInfo Error) : ComposeEvent;
