using System.Text;

namespace Compose.Images.Dockerfiles;

/// <summary>A word of an instruction, as written, with quotes.</summary>
/// <param name="Text">The word.</param>
/// <param name="Start">The index of its beginning in the instruction's text.</param>
internal readonly record struct DockerfileWord(string Text, int Start)
{
    /// <summary>Splits a text at white space outside quotes; null if a quote is not closed.</summary>
    public static IReadOnlyList<DockerfileWord>? Split(string text, int start, char escape)
    {
        var words = new List<DockerfileWord>();
        var begin = -1;
        var quote = '\0';
        for (var index = start; index < text.Length; index++)
        {
            var character = text[index];
            if (quote == '\0' && char.IsWhiteSpace(character))
            {
                if (begin >= 0)
                    words.Add(new DockerfileWord(text.Substring(begin, index - begin), begin));
                begin = -1;
                continue;
            }

            if (begin < 0)
                begin = index;
            if (character == escape && quote != '\'')
                index++;
            else if (quote == '\0' && character is '"' or '\'')
                quote = character;
            else if (character == quote)
                quote = '\0';
        }

        if (begin >= 0)
            words.Add(new DockerfileWord(text.Substring(begin), begin));
        return quote == '\0' ? words : null;
    }

    /// <summary>
    /// Removes quotes and escapes, and expands variables with a function. Returns null if the function does.
    /// </summary>
    public string? Expand(char escape, Func<string, string?> expand)
    {
        var result = new StringBuilder();
        var open = new StringBuilder();
        var quote = '\0';
        for (var index = 0; index < Text.Length; index++)
        {
            var character = Text[index];
            if (quote != '\'' && character == escape && IsEscapable(index + 1, quote, escape))
            {
                if (!Close())
                    return null;
                result.Append(Text[++index]);
            }
            else if (quote == '\0' && character is '"' or '\'')
            {
                if (character == '\'' && !Close())
                    return null;
                quote = character;
            }
            else if (character == quote)
            {
                quote = '\0';
            }
            else
            {
                (quote == '\'' ? result : open).Append(character);
            }
        }

        return Close() ? result.ToString() : null;

        bool Close()
        {
            var text = open.ToString();
            var expanded = text.IndexOf('$') < 0 ? text : expand(text);
            result.Append(expanded);
            open.Clear();
            return expanded is not null;
        }
    }

    /// <summary>Whether a character can be escaped: outside quotes any, in double quotes only some.</summary>
    private bool IsEscapable(int index, char quote, char escape) =>
        index < Text.Length && (quote == '\0' || Text[index] is '"' or '$' || Text[index] == escape);

    /// <summary>Removes quotes and escapes; variables stay as they are.</summary>
    public string Plain(char escape) => Expand(escape, text => text)!;

    /// <summary>
    /// The delimiter of a here-document such as &lt;&lt;EOF, and whether leading tabs are removed; null for other words.
    /// </summary>
    public (string End, bool CutsTabs)? HereDocument()
    {
        var begin = 0;
        while (begin < Text.Length && Text[begin] is >= '0' and <= '9')
            begin++;
        if (string.CompareOrdinal(Text, begin, "<<", 0, 2) != 0)
            return null;
        var cuts = begin + 2 < Text.Length && Text[begin + 2] == '-';
        var rest = Text.Substring(begin + (cuts ? 3 : 2));
        var end = rest.IndexOf('<') < 0 ? new DockerfileWord(rest, 0).Plain('\\') : "";
        return end.Length == 0 ? null : (end, cuts);
    }
}
