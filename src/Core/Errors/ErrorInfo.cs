namespace Compose.Errors;

/// <summary>One error as plain data: what happened, to what, and what to do about it.</summary>
/// <param name="Id">Stable identifier, one per cause, for scripts to test.</param>
/// <param name="Category">The kind of error.</param>
/// <param name="Message">One sentence for people; never holds a secret.</param>
/// <param name="Target">What the error is about: a name the user typed, a diagnostic, a failed action.</param>
/// <param name="Advice">What the user can do, or null.</param>
public sealed record ErrorInfo(string Id, ErrorCategory Category, string Message, object? Target, string? Advice)
{
    /// <summary>One sentence for people; never holds a secret, nor what a terminal would obey.</summary>
    public string Message { get; init; } = TerminalText.Block(Message);

    /// <summary>What the user can do, or null.</summary>
    public string? Advice { get; init; } = Advice is null ? null : TerminalText.Block(Advice);

    /// <inheritdoc/>
    public override string ToString() => $"{Id}: {Message}";
}
