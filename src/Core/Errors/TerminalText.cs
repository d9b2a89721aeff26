using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Compose.Errors;

/// <summary>
/// Texts of files and engines as they are shown to people: a terminal would obey their control characters, and marks of direction
/// or without width make a text look like another. Objects keep the raw texts.
/// </summary>
internal static class TerminalText
{
    /// <summary>Sequences a terminal obeys: with a letter at their end, with a text up to a mark, and short ones.</summary>
    private static readonly Regex Sequence = new(
        @"(?<colour>\u001b\[[0-9;:]*m)|(?:\u001b\[|\u009b)[0-?]*[ -/]*[@-~]"
            + @"|(?:\u001b[\]PX^_]|[\u0090\u0098\u009d-\u009f])[^\u0007\u001b\u009c]*(?:\u0007|\u001b\\|\u009c)"
            + @"|\u001b[ -/]*[0-~]",
        RegexOptions.CultureInvariant);

    /// <summary>One line: each character that is no visible one, line ends too, becomes <c>\u001b</c>.</summary>
    public static string Line(string text) => Escape(text, keepsLines: false);

    /// <summary>The same, but line ends and tabs stay.</summary>
    public static string Block(string text) => Escape(text, keepsLines: true);

    /// <summary>What a program wrote: its colours, line ends and tabs stay, all else that a terminal obeys is left out.</summary>
    public static string Output(string text)
    {
        if (!text.Any(IsHidden))
            return text;
        var colours = new List<string>();
        var marked = Sequence.Replace(text, match =>
        {
            if (!match.Groups["colour"].Success)
                return "";
            colours.Add(match.Value);
            return "\u001b";
        });
        var next = 0;
        var shown = new StringBuilder(marked.Length);
        foreach (var character in marked)
        {
            if (character == '\u001b')
                shown.Append(next < colours.Count ? colours[next++] : "");
            else if (character is '\n' or '\t' || !IsHidden(character))
                shown.Append(character);
        }

        // What follows must not have the colours of a program.
        return colours.Count > 0 ? shown.Append("\u001b[0m").ToString() : shown.ToString();
    }

    /// <summary>
    /// Control characters, marks of direction, other line ends, and characters without width that join nothing.
    /// </summary>
    internal static bool IsHidden(char character) => character < ' '
        || character is (>= '\u007f' and <= '\u009f') or '\u061c' or '\u200b' or '\u200e' or '\u200f' or '\ufeff'
            or (>= '\u2028' and <= '\u202e') or (>= '\u2060' and <= '\u206f') or (>= '\ufff9' and <= '\ufffb');

    private static string Escape(string text, bool keepsLines)
    {
        if (!text.Any(IsHidden))
            return text;
        var shown = new StringBuilder(text.Length + 16);
        for (var index = 0; index < text.Length; index++)
        {
            var character = text[index];
            var endsLine = character == '\r' && index + 1 < text.Length && text[index + 1] == '\n';
            if (!IsHidden(character) || (keepsLines && character is ('\n' or '\t')))
                shown.Append(character);
            else if (!(keepsLines && endsLine))
                shown.Append(@"\u").Append(((int)character).ToString("x4", CultureInfo.InvariantCulture));
        }

        return shown.ToString();
    }
}
