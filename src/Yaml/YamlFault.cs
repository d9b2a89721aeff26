using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Compose.Yaml;

/// <summary>Says what is wrong with a YAML text in the words of its author, where the parser speaks of its own states.</summary>
internal static class YamlFault
{
    private const string Quote = "Put the value in quotes.";
    private const string Align = "Indent the line like the lines it belongs to.";

    /// <summary>A part of the parser's message, what is wrong, and what to do.</summary>
    private static readonly (string Part, string Message, string Advice)[] Known =
    [
        ("did not find expected key", "The line does not fit the mapping it is in.", Align),
        ("not find expected <document", "The line is not part of the mapping before it.", Align),
        ("did not find expected '-' indicator", "The line does not fit the list it is in.",
            "Begin each item with '- ', all at one indentation."),
        ("could not find expected ':'", "The line has a key without ':'.", "Write 'key: value'."),
        ("did not find expected ',' or ']'", "The list that begins with '[' has no ']', or a ',' is missing.",
            "Put ',' between the items and ']' at the end."),
        ("did not find expected ',' or '}'", "The mapping that begins with '{' has no '}', or a ',' is missing.",
            "Put ',' between the items and '}' at the end."),
        ("found unexpected end of stream", "The closing quote is missing.", "Add it."),
        ("found wrong indentation", "The closing quote is missing, or the text goes on with less indentation.",
            "Add the quote, or indent the lines of the text."),
        ("found unknown escape character", "In double quotes a backslash begins an escape, and this one is unknown.",
            "Write two backslashes, or use single quotes."),
        ("block scalar, did not find expected comment", "Text follows '|' or '>' on the same line.",
            "Begin the text on the next line, indented."),
        ("found extra spaces in first line", "The text begins with a line that is indented more than the next.", Align),
        ("found more spaces in lines above", "The text begins with a line that is indented more than the next.", Align),
    ];

    public static YamlProblem From(YamlException exception, string text)
    {
        var message = Message(exception);
        var (line, column) = ((int)exception.Start.Line, (int)exception.Start.Column);
        if (Tab(message, text, line) is { } tab)
            return tab;
        if (message.Contains("cannot start any token") && Character(text, line, column) is { } character)
            return new($"A value without quotes cannot begin with '{character}'.", line, column, column + 1, Quote);
        if (message.Contains("found invalid mapping"))
            return Colon(text, line, column);
        if (message.Contains("expected key") && !Line(text, line).Contains(':'))
        {
            return new(
                "The line has neither ':' nor the indentation of the value above.", line, column, column + 1,
                "Write 'key: value'.");
        }

        var end = exception.End.Line == line && exception.End.Column > column ? (int)exception.End.Column : column + 1;
        foreach (var (part, words, advice) in Known)
        {
            if (message.Contains(part))
                return new(words, line, column, end, advice);
        }

        return new(message.TrimEnd('.') + ".", line, column, end);
    }

    /// <summary>An exception of the parser that has no position: it does not expect every unclosed bracket.</summary>
    /// <param name="last">The last thing that was read.</param>
    public static YamlProblem After(ParsingEvent? last) =>
        last is null
            ? new("The text is no YAML.", 1, 1, 2)
            : new(
                "The text after this place is no YAML: a ']', '}' or ',' may be missing.", (int)last.End.Line,
                (int)last.End.Column, (int)last.End.Column + 1, "Close each '[' with ']' and each '{' with '}'.");

    /// <summary>YamlDotNet's message without the position before it, which a problem has in properties.</summary>
    private static string Message(YamlException exception)
    {
        var message = exception.Message;
        var colon = message.StartsWith("(Line:", StringComparison.Ordinal)
            ? message.IndexOf("): ", StringComparison.Ordinal)
            : -1;
        return colon < 0 ? message : message.Substring(colon + 3);
    }

    /// <summary>The parser may give the start of the mapping: the tab is in the first indentation after it with one.</summary>
    private static YamlProblem? Tab(string message, string text, int line)
    {
        if (!message.Contains("tab") && !message.Contains("cannot start any token"))
            return null;
        var lines = text.Split('\n');
        for (var number = line; number <= lines.Length; number++)
        {
            var indentation = lines[number - 1].Length - lines[number - 1].TrimStart(' ', '\t').Length;
            var tab = lines[number - 1].IndexOf('\t', 0, indentation);
            if (tab >= 0)
                return new("The line is indented with a tab.", number, tab + 1, indentation + 1, "Indent with spaces.");
            if (!message.Contains("tab"))
                return null;
        }

        return null;
    }

    /// <summary>A ": " in a value without quotes: on this line, or above, when the line is indented too far.</summary>
    private static YamlProblem Colon(string text, int line, int column) =>
        Line(text, line).IndexOf(": ", StringComparison.Ordinal) is var colon && colon >= 0 && colon < column - 1
            ? new("A value without quotes cannot contain ': '.", line, column, column + 1, Quote)
            : new("The line goes on with the value above it, as it is indented more.", line, column, column + 1, Align);

    private static char? Character(string text, int line, int column)
    {
        var found = Line(text, line);
        return column <= found.Length ? found[column - 1] : null;
    }

    private static string Line(string text, int number) => text.Split('\n').ElementAtOrDefault(number - 1) ?? "";
}
