using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Compose.Errors;

/// <summary>
/// Makes text from files and engines safe to display: a terminal would obey control characters, and direction marks or
/// zero-width characters could make a text look like another. Objects keep the raw text.
/// </summary>
internal static class TerminalText
{
    /// <summary>Terminal escape sequences: CSI, with colours in a group; OSC and other strings; short ones.</summary>
    private static readonly Regex Sequence = new(
        @"(?<colour>\u001b\[[0-9;:]*m)|(?:\u001b\[|\u009b)[0-?]*[ -/]*[@-~]"
            + @"|(?:\u001b[\]PX^_]|[\u0090\u0098\u009d-\u009f])[^\u0007\u001b\u009c]*(?:\u0007|\u001b\\|\u009c)"
            + @"|\u001b[ -/]*[0-~]",
        RegexOptions.CultureInvariant);

    /// <summary>Escapes each control or invisible character, line ends too, as in <c>\u001b</c>.</summary>
    public static string Line(string text) => Escape(text, keepsLines: false);

    /// <summary>Like <see cref="Line"/>, but keeps line ends and tabs.</summary>
    public static string Block(string text) => Escape(text, keepsLines: true);

    /// <summary>Removes escape sequences and control characters from a program's output, except colours, LF, tabs.</summary>
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

        // Resets the colours for the text that follows.
        return colours.Count > 0 ? shown.Append("\u001b[0m").ToString() : shown.ToString();
    }

    /// <summary>
    /// Whether a character is a control character, a direction mark, a Unicode line end, or a zero-width character other than the
    /// joiners.
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
