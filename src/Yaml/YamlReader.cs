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
        var parser = new Parser(new Scanner(new StringReader(text), skipComments: true));
        try
        {
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
            problems.Add(YamlFault.From(exception, text));
        }
        catch (Exception exception) when (exception is ArgumentException or InvalidOperationException or IndexOutOfRangeException)
        {
            // YamlDotNet throws these for some invalid texts, without a position.
            problems.Add(YamlFault.After(parser.Current));
        }

        return new YamlText(documents, problems);
    }
}
