using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Compose.Yaml;

/// <summary>Reads YAML text to nodes with positions, resolves aliases and merge keys, and collects errors.</summary>
internal static class YamlReader
{
    /// <param name="text">The text, decoded.</param>
    /// <param name="file">The file to record in the nodes.</param>
    /// <param name="layer">The layer to record in the nodes.</param>
    public static YamlText Read(string text, string? file, int layer)
    {
        var problems = new List<YamlProblem>();
        var documents = new List<YamlNode>();
        try
        {
            var parser = new Parser(new Scanner(new StringReader(text), skipComments: true));
            while (parser.MoveNext())
            {
                if (parser.Current is not DocumentStart)
                    continue;
                parser.MoveNext();
                documents.Add(new YamlDocumentReader(parser, file, layer, problems).Read());
            }
        }
        catch (YamlException exception)
        {
            problems.Add(Problem(exception));
        }
        catch (Exception exception) when (exception is ArgumentException or InvalidOperationException or IndexOutOfRangeException)
        {
            // YamlDotNet throws these for some invalid texts, without a position.
            problems.Add(new YamlProblem(exception.Message, 1, 1, 2));
        }

        return new YamlText(documents, problems);
    }

    private static YamlProblem Problem(YamlException exception)
    {
        var message = exception.Message;
        // YamlDotNet's messages begin with the position; a diagnostic has properties for it.
        var colon = message.StartsWith("(Line:", StringComparison.Ordinal)
            ? message.IndexOf("): ", StringComparison.Ordinal)
            : -1;
        if (colon >= 0)
            message = message.Substring(colon + 3);
        var start = exception.Start;
        var sameLine = exception.End.Line == start.Line && exception.End.Column > start.Column;
        return new YamlProblem(
            message.TrimEnd('.') + ".", (int)start.Line, (int)start.Column,
            (int)(sameLine ? exception.End.Column : start.Column + 1));
    }
}
