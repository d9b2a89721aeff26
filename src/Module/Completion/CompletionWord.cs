using System.Management.Automation;
using System.Management.Automation.Language;
using System.Text.RegularExpressions;
using Compose.Errors;

namespace Compose.Module.Completion;

/// <summary>The word that is being completed: which names match it, and how they are quoted.</summary>
internal sealed class CompletionWord
{
    /// <summary>
    /// Names that need no quotes in PowerShell. One that begins with a digit is quoted, because in a list it could be a number.
    /// </summary>
    private static readonly Regex Bare = new(@"^(?!\d)[\w/\\][\w.:/\\+-]*$", RegexOptions.CultureInvariant);

    private readonly char? _quote;
    private readonly string _start;

    /// <param name="word">The word as typed, with its quotes.</param>
    public CompletionWord(string? word)
    {
        var text = word ?? "";
        if (text.Length > 0 && text[0] is '\'' or '"' or '\u2018' or '\u2019' or '\u201c' or '\u201d')
        {
            _quote = text[0] is '"' or '\u201c' or '\u201d' ? '"' : '\'';
            text = text.Substring(1);
        }

        _start = Unescape(text, _quote).TrimEnd('*');
    }

    /// <summary>
    /// Removes the closing quote, and unescapes doubled quotes and, in double quotes, backticks. The shell passes words
    /// without quotes unescaped.
    /// </summary>
    private static string Unescape(string text, char? quote) => quote switch
    {
        '\'' => Regex.Replace(text, "'(')|['\u2018\u2019]$", "$1"),
        '"' => Regex.Replace(text, "`(.)|\"(\")|[\"\u201c\u201d]$", "$1$2"),
        _ => text,
    };

    /// <summary>Whether a name begins with the word. Names with control characters are never offered.</summary>
    public bool Matches(string name) =>
        !name.Any(TerminalText.IsHidden) && name.StartsWith(_start, StringComparison.OrdinalIgnoreCase);

    public CompletionResult Complete(string name) => new(Written(name), name, CompletionResultType.ParameterValue, name);

    private string Written(string name) => _quote switch
    {
        '"' => $"\"{Regex.Replace(name, "[`$\"]", "`$0")}\"",
        null when Bare.IsMatch(name) => name,
        _ => $"'{CodeGeneration.EscapeSingleQuotedStringContent(name)}'",
    };
}
