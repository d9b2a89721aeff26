using Compose.Files.Reading;
using Compose.Yaml;

namespace Compose.Files.Schema;

/// <summary>Expands the short forms of mounts, <c>[source:]target[:options]</c>, and of devices.</summary>
internal static class MountShortForm
{
    private static readonly string[] Propagations = ["private", "rprivate", "shared", "rshared", "slave", "rslave"];

    public static YamlNode? Volume(YamlNode node, ShortFormContext context)
    {
        if (node is not YamlScalar { Value: string text } || text.Length == 0)
            return ShortForms.Fail(node, context, "a mount such as data:/var/lib/data:ro or a mapping");
        var parts = Split(text);
        if (parts.Count > 3 || parts.Any(part => part.Length == 0))
            return ShortForms.Fail(node, context, "a mount such as data:/var/lib/data:ro");
        var target = parts[parts.Count == 1 ? 0 : 1];
        if (parts.Count == 1)
            return text.Length <= 2
                ? YamlMapping.At(node, ("type", YamlScalar.At(node, "volume")), ("target", YamlScalar.At(node, target)))
                : YamlMapping.At(
                    node, ("type", YamlScalar.At(node, "volume")), ("target", YamlScalar.At(node, target)),
                    ("volume", YamlMapping.At(node)));

        var options = parts.Count == 3 ? parts[2].Split(',') : [];
        var bind = IsPath(parts[0]);
        var entries = new List<(string, YamlNode)>
        {
            ("type", YamlScalar.At(node, bind ? "bind" : "volume")),
            ("source", YamlScalar.At(node, parts[0])),
            ("target", YamlScalar.At(node, target)),
        };
        if (options.LastOrDefault(option => option is "ro" or "rw") == "ro")
            entries.Add(("read_only", YamlScalar.At(node, true)));
        // As in docker compose, a volume keeps a propagation and a bind keeps nocopy; ServiceConsistency warns of both.
        if (Bind(node, options, bind) is { Entries.Count: > 0 } binding)
            entries.Add(("bind", binding));
        var noCopy = options.Contains("nocopy");
        if (!bind || noCopy)
            entries.Add(("volume", noCopy ? YamlMapping.At(node, ("nocopy", YamlScalar.At(node, true))) : YamlMapping.At(node)));
        return YamlMapping.At(node, entries);
    }

    public static YamlNode? Device(YamlNode node, ShortFormContext context)
    {
        if (node is not YamlScalar { Value: string text } || text.Length == 0)
            return ShortForms.Fail(node, context, "a device such as /dev/snd:/dev/snd:rwm or a mapping");
        var parts = text.Split(':');
        if (parts.Length > 3)
            return ShortForms.Fail(node, context, "a device such as /dev/snd:/dev/snd:rwm");
        var permissionsOnly = parts.Length == 2 && parts[1].Length > 0 && parts[1].All(letter => letter is 'r' or 'w' or 'm');
        return YamlMapping.At(node,
            ("source", YamlScalar.At(node, parts[0])),
            ("target", YamlScalar.At(node, parts.Length > 1 && !permissionsOnly ? parts[1] : parts[0])),
            ("permissions", YamlScalar.At(node, permissionsOnly ? parts[1] : parts.Length == 3 ? parts[2] : "rwm")));
    }

    /// <summary>Whether a source is a host path rather than a volume.</summary>
    public static bool IsPath(string source) =>
        source[0] is '/' or '.' or '~' or '\\' || DrivePath.IsOrDrive(source);

    private static YamlMapping Bind(YamlNode node, string[] options, bool isPath)
    {
        var entries = new List<(string, YamlNode)>();
        if (isPath)
            entries.Add(("create_host_path", YamlScalar.At(node, true)));
        if (options.LastOrDefault(Propagations.Contains) is { } propagation)
            entries.Add(("propagation", YamlScalar.At(node, propagation)));
        if (options.LastOrDefault(option => option is "z" or "Z") is { } label)
            entries.Add(("selinux", YamlScalar.At(node, label)));
        return YamlMapping.At(node, entries);
    }

    /// <summary>Splits a text at colons, except after a single letter, which is a drive.</summary>
    private static List<string> Split(string text)
    {
        var parts = new List<string>();
        var start = 0;
        for (var index = 0; index <= text.Length; index++)
        {
            if (index < text.Length && text[index] != ':')
                continue;
            var isDrive = index < text.Length && index - start == 1 && char.IsLetter(text[start]);
            if (isDrive)
                continue;
            parts.Add(text.Substring(start, index - start));
            start = index + 1;
        }

        return parts;
    }
}
