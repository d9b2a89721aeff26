using System.Management.Automation;
using System.Management.Automation.Language;
using System.Text.RegularExpressions;
using Compose.Errors;

namespace Compose.Module.Completion;

/// <summary>The word Tab was pressed on: what it stands for, and how a name is written in its place.</summary>
internal sealed class CompletionWord
{
    /// <summary>
    /// A name PowerShell takes as it stands; anything else is quoted, and so is what would be a number in a list.
    /// </summary>
    private static readonly Regex Bare = new(@"^(?!\d)[\w/\\][\w.:/\\+-]*$", RegexOptions.CultureInvariant);

    private readonly char? _quote;
    private readonly string _start;

    /// <param name="word">As typed, with the quote it may begin with and the one that may end it.</param>
    public CompletionWord(string? word)
    {
        var text = word ?? "";
        if (text.Length > 0 && text[0] is '\'' or '"' or '\u2018' or '\u2019' or '\u201c' or '\u201d')
        {
            _quote = text[0] is '"' or '\u201c' or '\u201d' ? '"' : '\'';
            text = text.Substring(1);
        }

        _start = Meant(text, _quote).TrimEnd('*');
    }

    /// <summary>
    /// What stands after the opening quote, without the closing one. A doubled quote is one; between double quotes a backtick
    /// takes the next as it is. A word without quotes comes from the shell as it is meant.
    /// </summary>
    private static string Meant(string text, char? quote) => quote switch
    {
        '\'' => Regex.Replace(text, "'(')|['\u2018\u2019]$", "$1"),
        '"' => Regex.Replace(text, "`(.)|\"(\")|[\"\u201c\u201d]$", "$1$2"),
        _ => text,
    };

    /// <summary>A name a terminal would obey is not offered: it would go into the command line.</summary>
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
