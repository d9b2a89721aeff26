using System.Text;

namespace Compose.Files.Schema;

/// <summary>Splits a command line into words the way a POSIX shell quotes them.</summary>
internal static class ShellWords
{
    /// <summary>The words, or null when a quote is not closed.</summary>
    public static IReadOnlyList<string>? Split(string line)
    {
        var words = new List<string>();
        var word = new StringBuilder();
        var inWord = false;
        var quote = '\0';
        for (var index = 0; index < line.Length; index++)
        {
            var character = line[index];
            if (quote == '\'')
            {
                if (character == '\'')
                    quote = '\0';
                else
                    word.Append(character);
            }
            else if (character == '\\' && index + 1 < line.Length && (quote == '\0' || line[index + 1] is '"' or '\\' or '$' or '`' or '\n'))
            {
                word.Append(line[++index]);
                inWord = true;
            }
            else if (quote == '"')
            {
                if (character == '"')
                    quote = '\0';
                else
                    word.Append(character);
            }
            else if (character is '"' or '\'')
            {
                (quote, inWord) = (character, true);
            }
            else if (character is ' ' or '\t' or '\r' or '\n')
            {
                if (inWord)
                    words.Add(word.ToString());
                word.Clear();
                inWord = false;
            }
            else
            {
                word.Append(character);
                inWord = true;
            }
        }

        if (quote != '\0')
            return null;
        if (inWord)
            words.Add(word.ToString());
        return words;
    }
}
