namespace Compose.Errors;

/// <summary>A cause of failure the product knows: its stable id, category and standing advice.</summary>
internal sealed record ErrorDefinition(string Id, ErrorCategory Category, string? Advice = null)
{
    public ErrorInfo Info(string message, object? target = null, string? advice = null) =>
        new(Id, Category, message, target, advice ?? Advice);

    public ComposeException Exception(string message, object? target = null, string? advice = null, Exception? inner = null) =>
        new(Info(message, target, advice), inner);
}
