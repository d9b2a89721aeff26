namespace Compose.Errors;

/// <summary>An error as data.</summary>
/// <param name="Id">A stable identifier, one for each cause, for scripts to test.</param>
/// <param name="Category">The category of the error.</param>
/// <param name="Message">One sentence, without secrets.</param>
/// <param name="Target">The object of the error: a name that the user typed, a diagnostic, a failed action.</param>
/// <param name="Advice">What the user can do, or null.</param>
public sealed record ErrorInfo(string Id, ErrorCategory Category, string Message, object? Target, string? Advice)
{
    /// <summary>One sentence, without secrets. Control characters are escaped.</summary>
    public string Message { get; init; } = TerminalText.Block(Message);

    /// <summary>What the user can do, or null.</summary>
    public string? Advice { get; init; } = Advice is null ? null : TerminalText.Block(Advice);

    /// <inheritdoc/>
    public override string ToString() => $"{Id}: {Message}";
}
