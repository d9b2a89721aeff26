using System.Text;
using System.Text.RegularExpressions;

namespace Compose.Files.Schema;

/// <summary>
/// Splits a command line into words as docker compose does. A backslash escapes the next character, in double quotes too.
/// Backticks and <c>$(…)</c> keep a word together and stay part of it, because no shell runs them.
/// </summary>
internal static class ShellWords
{
    private static readonly Regex Operator = new(
        @"^(&&?|\|[|&]?|;;?|.*[^;];|[0-9]*[<>].*|&>.*)$",
        RegexOptions.CultureInvariant | RegexOptions.Singleline);

    /// <summary>Whether a word is a shell operator: it joins or ends commands, or begins a redirection.</summary>
    public static bool IsOperator(string word) => Operator.IsMatch(word);

    /// <summary>
    /// The words; null if a quote or parenthesis is not closed, or a parenthesis is neither quoted nor part of <c>$(</c>.
    /// </summary>
    /// <param name="line">The command line.</param>
    /// <param name="bare">Receives the words of which no part is quoted.</param>
    public static IReadOnlyList<string>? Split(string line, ICollection<string>? bare = null) => new Scan(line, bare).Run();

    private sealed class Scan(string line, ICollection<string>? bare)
    {
        private readonly List<string> _words = [];
        private readonly StringBuilder _word = new();
        private bool _inWord;
        private bool _isQuoted;
        private bool _inSingle;
        private bool _inDouble;
        private bool _inBackticks;
        private bool _inParentheses;

        private bool IsOpen => _inSingle || _inDouble || _inBackticks || _inParentheses;

        public IReadOnlyList<string>? Run()
        {
            for (var index = 0; index < line.Length; index++)
            {
                if (line[index] == '\\' && !_inSingle)
                {
                    if (++index == line.Length)
                        return null;
                    Take(line[index]);
                    _isQuoted = true;
                }
                else if (!Next(line[index]))
                {
                    return null;
                }
            }

            End();
            return IsOpen ? null : _words;
        }

        /// <summary>Handles a character. Returns false if it is not valid here.</summary>
        private bool Next(char character)
        {
            switch (character)
            {
                case ' ' or '\t' or '\r' or '\n' when !IsOpen:
                    End();
                    return true;
                case '"' when !_inSingle && !_inParentheses:
                    _inDouble = !_inDouble;
                    (_inWord, _isQuoted) = (true, true);
                    return true;
                case '\'' when !_inDouble && !_inParentheses:
                    _inSingle = !_inSingle;
                    (_inWord, _isQuoted) = (true, true);
                    return true;
                case '`' when !_inSingle && !_inDouble && !_inParentheses:
                    _inBackticks = !_inBackticks;
                    _isQuoted = true;
                    break;
                case '(' when !_inSingle && !_inDouble && !_inBackticks:
                    if (_inParentheses || _word.Length == 0 || _word[_word.Length - 1] != '$')
                        return false;
                    (_inParentheses, _isQuoted) = (true, true);
                    break;
                case ')' when !_inSingle && !_inDouble && !_inBackticks:
                    if (!_inParentheses)
                        return false;
                    _inParentheses = false;
                    break;
            }

            Take(character);
            return true;
        }

        private void Take(char character)
        {
            _word.Append(character);
            _inWord = true;
        }

        private void End()
        {
            if (_inWord)
                _words.Add(_word.ToString());
            if (_inWord && !_isQuoted)
                bare?.Add(_word.ToString());
            _word.Clear();
            (_inWord, _isQuoted) = (false, false);
        }
    }
}
