using Compose.Files.Merging;
using Compose.Yaml;

namespace Compose.Files.Schema;

/// <summary>Expands short forms to long forms. Each method returns null if it has reported a problem.</summary>
internal static class ShortForms
{
    public static YamlNode? Command(YamlNode node, ShortFormContext context)
    {
        if (node is YamlScalar { IsNull: true })
            return node;
        if (node is not YamlScalar scalar)
            return Fail(node, context, "a string or a list");
        if (scalar.Value is not string line)
            return Fail(node, context, "a string or a list");
        var bare = new List<string>();
        if (ShellWords.Split(line, bare) is not { } words)
            return Fail(node, context, "a list, or a command line whose quotes are closed and whose parentheses are quoted");
        if (bare.FirstOrDefault(ShellWords.IsOperator) is { } shells)
            context.WarnOfShellWord(node, shells);
        return YamlSequence.At(node, [.. words.Select(word => YamlScalar.At(node, word))]);
    }

    /// <summary>A healthcheck's test as a string runs in a shell.</summary>
    public static YamlNode? Test(YamlNode node, ShortFormContext context) => node is YamlScalar { Value: null or string } scalar
        ? scalar.IsNull ? node : YamlSequence.At(node, YamlScalar.At(node, "CMD-SHELL"), YamlScalar.At(node, scalar.Value))
        : Fail(node, context, "a string or a list");

    public static YamlNode? Ulimit(YamlNode node, ShortFormContext context)
    {
        if (node is not YamlScalar)
            return Fail(node, context, "an integer");
        return MergeTags.Keep(YamlMapping.At(node, ("soft", node), ("hard", node)), MergeTags.Single);
    }

    /// <summary>Converts a mapping of hosts to addresses to a list of <c>name=address</c>.</summary>
    public static YamlNode? Hosts(YamlNode node, ShortFormContext context)
    {
        if (node is not YamlMapping mapping)
            return Fail(node, context, "a list or a mapping");
        var hosts = new List<YamlNode>();
        foreach (var entry in mapping.Entries)
        {
            foreach (var address in entry.Value is YamlSequence many ? many.Items : [entry.Value])
            {
                if (address is not YamlScalar { Value: string text })
                    return Fail(address, context, $"a mapping of hosts to addresses: '{entry.Name}' needs a string");
                hosts.Add(YamlScalar.At(entry.Key, entry.Name + "=" + text));
            }
        }

        return YamlSequence.At(node, hosts);
    }

    public static YamlNode? Source(YamlNode node, ShortFormContext context) => Named(node, context, "source");

    public static YamlNode? Context(YamlNode node, ShortFormContext context) => Named(node, context, "context");

    public static YamlNode? ServiceName(YamlNode node, ShortFormContext context) => Named(node, context, "service");

    public static YamlNode? FilePath(YamlNode node, ShortFormContext context) => Named(node, context, "path");

    /// <summary>Converts a list of names to a mapping with null values.</summary>
    public static YamlNode? Names(YamlNode node, ShortFormContext context) =>
        ToMapping(node, context, name => YamlScalar.At(name, null));

    /// <summary>Converts <c>depends_on</c> as a list to a mapping.</summary>
    public static YamlNode? Dependencies(YamlNode node, ShortFormContext context) =>
        ToMapping(node, context, name => YamlMapping.At(name,
            ("condition", YamlScalar.At(name, "service_started")), ("required", YamlScalar.At(name, true))));

    /// <summary>Expands <c>gpus: all</c>.</summary>
    public static YamlNode? AllGpus(YamlNode node, ShortFormContext context) =>
        node is YamlScalar { Value: "all" }
            ? MergeTags.Keep(YamlSequence.At(node, YamlMapping.At(node, ("count", YamlScalar.At(node, -1L)))), MergeTags.Single)
            : Fail(node, context, "\"all\" or a list");

    public static YamlNode? Count(YamlNode node, ShortFormContext _) =>
        node is YamlScalar { Value: "all" } ? YamlScalar.At(node, -1L) : node;

    public static YamlNode? Fail(YamlNode node, ShortFormContext context, string expected)
    {
        context.Fail(node, expected);
        return null;
    }

    private static YamlNode? Named(YamlNode node, ShortFormContext context, string key) =>
        node is YamlScalar { Value: string } ? YamlMapping.At(node, (key, node)) : Fail(node, context, "a string or a mapping");

    private static YamlNode? ToMapping(YamlNode node, ShortFormContext context, Func<YamlNode, YamlNode> value)
    {
        if (node is not YamlSequence sequence)
            return Fail(node, context, "a list or a mapping");
        var entries = new List<YamlEntry>();
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var item in sequence.Items)
        {
            if (item is not YamlScalar { Value: string } name)
                return Fail(item, context, "a name");
            if (!names.Add(name.Text))
                return Fail(item, context, $"a list that names '{name.Text}' once");
            entries.Add(new(name, value(name)));
        }

        return new YamlMapping(entries)
        {
            File = node.File,
            Line = node.Line,
            Column = node.Column,
            EndColumn = node.EndColumn,
            Layer = node.Layer,
        };
    }
}
