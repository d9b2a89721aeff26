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
