namespace Compose.Errors;

/// <summary>A known error: its stable id, its category, and the advice unless a call gives another.</summary>
internal sealed record ErrorDefinition(string Id, ErrorCategory Category, string? Advice = null)
{
    public ErrorInfo Info(string message, object? target = null, string? advice = null) =>
        new(Id, Category, message, target, advice ?? Advice);

    public ComposeException Exception(string message, object? target = null, string? advice = null, Exception? inner = null) =>
        new(Info(message, target, advice), inner);
}
