using System.Collections;
using System.Globalization;
using System.Management.Automation;
using Compose.Errors;

namespace Compose.Module.Common;

/// <summary>Formats values for the views: coloured states, ages, durations and sizes.</summary>
public static class ViewText
{
    private const string Green = "32";
    private const string Yellow = "33";
    private const string Red = "31";

    /// <summary>
    /// A state or health, coloured if the shell supports colours. It then has <c>$PSStyle</c>, which removes them from redirected
    /// output.
    /// </summary>
    public static string State(object? value, EngineIntrinsics? session)
    {
        var text = TerminalText.Line(value?.ToString() ?? "");
        var colour = text switch
        {
            "Running" or "Healthy" or "Done" or "Complete" or "Completed" or "Ready" => Green,
            "Starting" or "Restarting" or "Partial" or "Paused" or "Missing" or "Skipped" or "Warned" or "Pending" or "Preparing"
                or "Updating" or "RollingBack" or "Leftover" or "Disconnected" => Yellow,
            "Unhealthy" or "Dead" or "Failed" or "Error" or "Rejected" or "Down" or "Orphaned" => Red,
            _ => null,
        };
        return colour is null || session?.SessionState.PSVariable.GetValue("PSStyle") is null
            ? text
            : $"\u001b[{colour}m{text}\u001b[0m";
    }

    /// <summary>
    /// Escapes control characters in a text, or in the texts of a list or table; other values are returned as they are.
    /// </summary>
    public static object? Plain(object? value) => (value is PSObject wrapped ? wrapped.BaseObject : value) switch
    {
        string text => TerminalText.Line(text),
        IEnumerable<KeyValuePair<string, string>> pairs => pairs.Select(pair => Pair(pair.Key, pair.Value)).ToArray(),
        IDictionary table => table.Cast<DictionaryEntry>().Select(entry => Pair(entry.Key, entry.Value)).ToArray(),
        IEnumerable items => items.Cast<object?>().Select(Plain).ToArray(),
        _ => value,
    };

    private static KeyValuePair<string, object?> Pair(object key, object? value) =>
        new(TerminalText.Line(key.ToString() ?? ""), Plain(value));

    /// <summary>A program's output, without control characters and escape sequences except colours.</summary>
    public static string? Output(object? text) => text?.ToString() is { } written ? TerminalText.Output(written) : null;

    /// <summary>The time since a date, in its largest unit: <c>3 d</c>, <c>5 h</c>, <c>12 min</c>, <c>40 s</c>.</summary>
    public static string Age(DateTime? since) => since is { } time ? Span(DateTime.UtcNow - time.ToUniversalTime()) : "";

    /// <summary>A duration in its largest unit.</summary>
    public static string Span(TimeSpan? span) => span switch
    {
        null => "",
        { TotalDays: >= 1 and var days } => Whole(days, "d"),
        { TotalHours: >= 1 and var hours } => Whole(hours, "h"),
        { TotalMinutes: >= 1 and var minutes } => Whole(minutes, "min"),
        { TotalSeconds: > 0 and < 10 and var seconds } => seconds.ToString("0.0 s", CultureInfo.CurrentCulture),
        { TotalSeconds: var seconds } => Whole(Math.Max(0, seconds), "s"),
    };

    /// <summary>Bytes in decimal units with three digits, as docker shows images and traffic: <c>1.24 GB</c>.</summary>
    public static string Size(long? bytes) => Scaled(bytes, 1000, ["B", "kB", "MB", "GB", "TB", "PB"]);

    /// <summary>Bytes in binary units with three digits, as docker shows memory: <c>1.24 GiB</c>.</summary>
    public static string Memory(long? bytes) => Scaled(bytes, 1024, ["B", "KiB", "MiB", "GiB", "TiB", "PiB"]);

    /// <summary>The heading of a view's group: the project, with its engine if that is on another machine.</summary>
    public static string Project(string? project, string? engineHost) =>
        engineHost is null || engineHost.StartsWith("unix:", StringComparison.Ordinal)
            || engineHost.StartsWith("npipe:", StringComparison.Ordinal)
            ? TerminalText.Line(project ?? "")
            : TerminalText.Line($"{project} on {engineHost}");

    private static string Scaled(long? bytes, int step, string[] units)
    {
        if (bytes is not { } size)
            return "";
        var value = (double)size;
        var unit = 0;
        for (; Math.Abs(value) >= step - 0.5 && unit < units.Length - 1; unit++)
            value /= step;
        var format = unit == 0 || Math.Abs(value) >= 99.95 ? "0" : Math.Abs(value) >= 9.995 ? "0.0" : "0.00";
        return $"{value.ToString(format, CultureInfo.CurrentCulture)} {units[unit]}";
    }

    private static string Whole(double value, string unit) =>
        $"{Math.Floor(value).ToString("0", CultureInfo.CurrentCulture)} {unit}";
}
