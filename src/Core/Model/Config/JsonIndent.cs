using System.Text;

namespace Compose.Model.Config;

/// <summary>
/// Indents compact JSON, with LF on every system. .NET's writer uses the system's line ends, and on Windows it writes wrong
/// characters when brackets are nested hundreds deep.
/// </summary>
internal static class JsonIndent
{
    private const int Step = 2;

    public static string Of(string compact)
    {
        var text = new StringBuilder(compact.Length * 2);
        var depth = 0;
        for (var at = 0; at < compact.Length; at++)
        {
            var character = compact[at];
            switch (character)
            {
                case '"':
                    var end = EndOfString(compact, at);
                    text.Append(compact, at, end - at);
                    at = end - 1;
                    break;
                case '{' or '[' when compact[at + 1] is '}' or ']':
                    text.Append(compact, at++, 2);
                    break;
                case '{' or '[':
                    NewLine(text.Append(character), ++depth);
                    break;
                case '}' or ']':
                    NewLine(text, --depth).Append(character);
                    break;
                case ',':
                    NewLine(text.Append(character), depth);
                    break;
                case ':':
                    text.Append(": ");
                    break;
                default:
                    text.Append(character);
                    break;
            }
        }

        return text.ToString();
    }

    private static StringBuilder NewLine(StringBuilder text, int depth) => text.Append('\n').Append(' ', depth * Step);

    /// <summary>The index after a string's closing quote.</summary>
    private static int EndOfString(string json, int start)
    {
        var at = start + 1;
        while (json[at] != '"')
            at += json[at] == '\\' ? 2 : 1;
        return at + 1;
    }
}
