using System.Globalization;

namespace Compose.Files.Schema;

/// <summary>A port, or a range of ports such as <c>8000-8010</c>.</summary>
internal readonly record struct PortRange(int First, int Last)
{
    private const int MaxPort = 65_535;

    /// <summary>The port or range; null if the text is neither. Port 0 lets the engine choose one.</summary>
    public static PortRange? Parse(string text)
    {
        var dash = text.IndexOf('-');
        var first = Number(dash < 0 ? text : text.Substring(0, dash));
        var last = dash < 0 ? first : Number(text.Substring(dash + 1));
        return first is { } from && last is { } to && to >= from ? new PortRange(from, to) : null;
    }

    private static int? Number(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port <= MaxPort ? port : null;
}
