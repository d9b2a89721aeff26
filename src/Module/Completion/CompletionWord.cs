using System.Management.Automation;
using System.Management.Automation.Language;
using System.Text.RegularExpressions;

namespace Compose.Module.Completion;

/// <summary>The word Tab was pressed on: what it stands for, and how a name is written in its place.</summary>
internal sealed class CompletionWord
{
    /// <summary>A name PowerShell takes as it stands; anything else is quoted.</summary>
    private static readonly Regex Bare = new(@"^[\w./\\][\w.:/\\+-]*$", RegexOptions.CultureInvariant);

    private readonly char? _quote;
    private readonly string _start;

    /// <param name="word">As typed, with the quote it may begin with and the one that may end it.</param>
    public CompletionWord(string? word)
    {
        var text = word ?? "";
        if (text.Length > 0 && text[0] is '\'' or '"' or '\u2018' or '\u2019' or '\u201c' or '\u201d')
        {
            _quote = text[0] is '"' or '\u201c' or '\u201d' ? '"' : '\'';
            text = text.Substring(1).TrimEnd('\'', '"', '\u2018', '\u2019', '\u201c', '\u201d');
        }

        _start = text.TrimEnd('*');
    }

    public bool Matches(string name) => name.StartsWith(_start, StringComparison.OrdinalIgnoreCase);

    public CompletionResult Complete(string name) => new(Written(name), name, CompletionResultType.ParameterValue, name);

    private string Written(string name) => _quote switch
    {
        '"' => $"\"{Regex.Replace(name, "[`$\"]", "`$0")}\"",
        null when Bare.IsMatch(name) => name,
        _ => $"'{CodeGeneration.EscapeSingleQuotedStringContent(name)}'",
    };
}
