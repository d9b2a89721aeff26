using Compose.Errors;

namespace Compose.Files;

/// <summary>The severity of a diagnostic: an error makes the project unusable, a warning does not.</summary>
public enum DiagnosticSeverity
{
    Warning,
    Error,
}

/// <summary>Something to say about a place in a compose file.</summary>
public sealed record Diagnostic
{
    private readonly string _message = "";
    private readonly string? _advice;

    /// <summary>Stable identifier of the rule, one per cause.</summary>
    public required string Id { get; init; }

    public required DiagnosticSeverity Severity { get; init; }

    /// <summary>One sentence, without the position; control characters in it are escaped.</summary>
    public required string Message
    {
        get => _message;
        init => _message = TerminalText.Line(value);
    }

    /// <summary>Absolute path of the file, or null where the problem is in no file.</summary>
    public string? File { get; init; }

    /// <summary>1-based line, 0 where unknown.</summary>
    public int Line { get; init; }

    /// <summary>1-based column of the first character, 0 where unknown.</summary>
    public int Column { get; init; }

    /// <summary>1-based column after the last character, 0 where unknown.</summary>
    public int EndColumn { get; init; }

    /// <summary>The text of that line, or null.</summary>
    public string? LineText { get; init; }

    /// <summary>The path in the project, such as <c>services.web.ports[0]</c>, or null.</summary>
    public string? Path { get; init; }

    /// <summary>What to do about it, or null.</summary>
    public string? Advice
    {
        get => _advice;
        init => _advice = value is null ? null : TerminalText.Line(value);
    }

    /// <inheritdoc/>
    public override string ToString() =>
        File is null ? Message : TerminalText.Line(Line == 0 ? File : $"{File}:{Line}:{Column}") + ": " + Message;
}
