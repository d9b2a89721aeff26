using System.Text;
using System.Text.RegularExpressions;

namespace Compose.Files.Schema;

/// <summary>Splits a command line into words the way a POSIX shell quotes them.</summary>
internal static class ShellWords
{
    private static readonly Regex Operator = new(
        @"^(&&?|\|[|&]?|;;?|.*[^;];|[0-9]*[<>].*|&>.*)$",
        RegexOptions.CultureInvariant | RegexOptions.Singleline);

    /// <summary>Whether only a shell understands a word: it joins commands, ends one, or begins a redirection.</summary>
    public static bool IsOperator(string word) => Operator.IsMatch(word);

    /// <summary>The words, or null when a quote is not closed.</summary>
    /// <param name="line">The command line.</param>
    /// <param name="bare">Takes the words of which no part is quoted.</param>
    public static IReadOnlyList<string>? Split(string line, ICollection<string>? bare = null)
    {
        var words = new List<string>();
        var word = new StringBuilder();
        var (inWord, isQuoted) = (false, false);
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
                (inWord, isQuoted) = (true, true);
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
                (quote, inWord, isQuoted) = (character, true, true);
            }
            else if (character is ' ' or '\t' or '\r' or '\n')
            {
                End();
            }
            else
            {
                word.Append(character);
                inWord = true;
            }
        }

        if (quote != '\0')
            return null;
        End();
        return words;

        void End()
        {
            if (inWord)
                words.Add(word.ToString());
            if (inWord && !isQuoted)
                bare?.Add(word.ToString());
            word.Clear();
            (inWord, isQuoted) = (false, false);
        }
    }
}
