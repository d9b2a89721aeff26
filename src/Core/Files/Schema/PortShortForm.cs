using System.Globalization;
using Compose.Yaml;

namespace Compose.Files.Schema;

/// <summary>Expands the short form of ports, <c>[ip:][published:]target[/protocol]</c>, where a port may be a range.</summary>
internal static class PortShortForm
{
    /// <summary>Returns a list, because a range of target ports becomes one port each.</summary>
    public static YamlNode? Expand(YamlNode node, ShortFormContext context)
    {
        if (node is not YamlScalar { Value: string or long } scalar)
            return ShortForms.Fail(node, context, "a port such as 8080:80 or a mapping");
        return Parse(scalar, YamlScalars.Format(scalar.Value)) is { } ports
            ? YamlSequence.At(node, ports)
            : ShortForms.Fail(node, context, "a port such as 80, 8080:80, 127.0.0.1:8080:80/udp or 9000-9002:80-82");
    }

    private static List<YamlNode>? Parse(YamlScalar place, string text)
    {
        var slash = text.IndexOf('/');
        var protocol = slash < 0 ? "tcp" : text.Substring(slash + 1).ToLowerInvariant();
        var rest = slash < 0 ? text : text.Substring(0, slash);
        if (protocol is not ("tcp" or "udp" or "sctp"))
            return null;

        var targetColon = rest.LastIndexOf(':');
        var target = rest.Substring(targetColon + 1);
        var left = targetColon < 0 ? "" : rest.Substring(0, targetColon);
        var publishedColon = left.EndsWith("]", StringComparison.Ordinal) ? -1 : left.LastIndexOf(':');
        var published = left.EndsWith("]", StringComparison.Ordinal) ? "" : left.Substring(publishedColon + 1);
        var host = left.EndsWith(
            "]", StringComparison.Ordinal) ? left : publishedColon < 0 ? "" : left.Substring(0, publishedColon);
        if (Range(target) is not var (first, last) || first == 0)
            return null;
        if (published.Length == 0)
            return [.. Numbers(first, last).Select(port => Port(place, host, null, port, protocol))];
        // The engine picks one.
        if (published == "0" && first == last)
            return [Port(place, host, published, first, protocol)];
        if (Range(published) is not var (from, to) || from == 0)
            return null;
        if (first == last)
            return [Port(place, host, published, first, protocol)];
        return to - from != last - first
            ? null
            : [.. Numbers(first, last).Select(port => Port(place, host, Text(from + port - first), port, protocol))];
    }

    private static YamlMapping Port(YamlScalar place, string host, string? published, int target, string protocol)
    {
        var entries = new List<(string, YamlNode)> { ("mode", YamlScalar.At(place, "ingress")) };
        if (host.Length > 0)
            entries.Add(("host_ip", YamlScalar.At(place, host.TrimStart('[').TrimEnd(']'))));
        entries.Add(("target", YamlScalar.At(place, (long)target)));
        if (published is not null)
            entries.Add(("published", YamlScalar.At(place, published)));
        entries.Add(("protocol", YamlScalar.At(place, protocol)));
        return YamlMapping.At(place, entries);
    }

    /// <summary>A port or a range; (0, 0) if the text is neither, or begins with port 0.</summary>
    private static (int First, int Last)? Range(string text) =>
        PortRange.Parse(text) is { First: > 0 } range ? (range.First, range.Last) : (0, 0);

    private static IEnumerable<int> Numbers(int first, int last) => Enumerable.Range(first, last - first + 1);

    private static string Text(int port) => port.ToString(CultureInfo.InvariantCulture);
}
