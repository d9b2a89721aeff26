using System.Text;

namespace Compose.Files.Interpolation;

/// <summary>
/// Replaces $NAME and ${NAME...} in a template, with the operators :- - :? ? :+ +; $$ is a literal dollar.
/// A default, alternative or message is expanded only when it is used.
/// </summary>
internal sealed class Interpolator(Func<string, string?> lookup)
{
    /// <summary>Limits defaults within defaults, so that a hostile file cannot overflow the stack.</summary>
    private const int MaxDepth = 100;

    /// <summary>The reason why a template cannot be expanded.</summary>
    /// <param name="Id">The diagnostic's id.</param>
    /// <param name="Message">The diagnostic's message.</param>
    /// <param name="Offset">The 0-based position in the template.</param>
    internal sealed record Failure(string Id, string Message, int Offset);

    /// <summary>Called with the name of each variable that is unset and has no default.</summary>
    public Action<string>? OnUnset { get; init; }

    /// <summary>Called with each variable that is looked up.</summary>
    public Action<VariableReference>? OnReference { get; init; }

    /// <summary>
    /// Whether to expand every default, alternative and message, used or not, and ignore missing required variables: to list all
    /// variables that a project refers to.
    /// </summary>
    public bool ExpandsAll { get; init; }

    /// <summary>The expanded text, or null and the failure.</summary>
    public string? Expand(string template, out Failure? failure)
    {
        return Expand(template, 0, out failure);
    }

    private string? Expand(string template, int depth, out Failure? failure)
    {
        failure = depth > MaxDepth
            ? new(Errors.FileErrors.BadInterpolation, $"Variables are nested more than {MaxDepth} levels deep.", 0)
            : null;
        return failure is not null ? null : template.IndexOf('$') < 0 ? template : new Scan(this, template, depth)
            .Run(out failure);
    }

    private sealed class Scan(Interpolator owner, string text, int depth)
    {
        private readonly StringBuilder _result = new();
        private Failure? _failure;

        public string? Run(out Failure? failure)
        {
            var index = 0;
            while (index < text.Length && _failure is null)
            {
                var dollar = text.IndexOf('$', index);
                if (dollar < 0)
                {
                    _result.Append(text, index, text.Length - index);
                    break;
                }

                _result.Append(text, index, dollar - index);
                index = At(dollar);
            }

            failure = _failure;
            return failure is null ? _result.ToString() : null;
        }

        /// <summary>Handles the dollar sign at an index; returns the index to continue at.</summary>
        private int At(int dollar)
        {
            var next = dollar + 1 < text.Length ? text[dollar + 1] : '\0';
            if (next == '$')
            {
                _result.Append('$');
                return dollar + 2;
            }

            if (next == '{')
                return Braced(dollar);
            var end = NameEnd(dollar + 1);
            if (end == dollar + 1)
            {
                _result.Append('$');
                return end;
            }

            _result.Append(Value(text.Substring(dollar + 1, end - dollar - 1)));
            return end;
        }

        private int Braced(int dollar)
        {
            var nameStart = dollar + 2;
            var nameEnd = NameEnd(nameStart);
            var close = Close(nameStart);
            if (nameEnd == nameStart || close < 0)
                return Bad(dollar);
            var name = text.Substring(nameStart, nameEnd - nameStart);
            if (nameEnd == close)
            {
                _result.Append(Value(name));
                return close + 1;
            }

            var operatorLength = text[nameEnd] == ':' ? 2 : 1;
            var sign = nameEnd + operatorLength <= close ? text[nameEnd + operatorLength - 1] : '\0';
            if (sign is not ('-' or '?' or '+'))
                return Bad(dollar);
            var wordStart = nameEnd + operatorLength;
            Apply(name, sign, operatorLength == 2, text.Substring(wordStart, close - wordStart), dollar);
            return close + 1;
        }

        private void Apply(string name, char sign, bool emptyCounts, string word, int dollar)
        {
            owner.OnReference?.Invoke(new(name, sign == '-' ? word : null, sign == '+' ? word : null, sign == '?'));
            if (owner.ExpandsAll)
            {
                Nested(word, dollar);
                return;
            }

            var value = owner.Lookup(name);
            var given = value is not null && !(emptyCounts && value.Length == 0);
            switch (sign)
            {
                case '-':
                    _result.Append(given ? value : Nested(word, dollar));
                    break;
                case '+':
                    _result.Append(given ? Nested(word, dollar) : "");
                    break;
                case '?' when given:
                    _result.Append(value);
                    break;
                default:
                    var message = Nested(word, dollar);
                    _failure ??= new(Errors.FileErrors.MissingVariable,
                        $"The required variable '{name}' is missing a value{(message.Length > 0 ? ": " + message : ".")}",
                        dollar);
                    break;
            }
        }

        private string Nested(string word, int dollar)
        {
            var expanded = owner.Expand(word, depth + 1, out var failure);
            if (failure is not null)
                _failure ??= failure with { Offset = dollar };
            return expanded ?? "";
        }

        private string Value(string name)
        {
            owner.OnReference?.Invoke(new(name));
            var value = owner.Lookup(name);
            if (value is null)
                owner.OnUnset?.Invoke(name);
            return value ?? "";
        }

        private int Bad(int dollar)
        {
            _failure = new(
                Errors.FileErrors.BadInterpolation, "This is not a valid variable. Write $$ for a literal dollar sign.", dollar);
            return text.Length;
        }

        private int NameEnd(int start)
        {
            var end = start;
            while (end < text.Length && IsNameCharacter(text[end], end == start))
                end++;
            return end;
        }

        /// <summary>
        /// The index of the brace that closes the one before <paramref name="start"/>, or -1. A template does not cross lines.
        /// </summary>
        private int Close(int start)
        {
            var open = 0;
            for (var index = start; index < text.Length && text[index] != '\n'; index++)
            {
                if (text[index] == '{' && (text[index - 1] == '$' || open > 0 || IsWordStart(index, start)))
                    open++;
                else if (text[index] == '}' && open-- == 0)
                    return index;
            }

            return -1;
        }

        /// <summary>A default may itself begin with a brace: ${A:-{x}}.</summary>
        private bool IsWordStart(int index, int start) => index > start && text[index - 1] is '-' or '+' or '?';
    }

    private string? Lookup(string name) => lookup(name);

    private static bool IsNameCharacter(char character, bool first) =>
        character is '_' or (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') || (!first && character is >= '0' and <= '9');
}
