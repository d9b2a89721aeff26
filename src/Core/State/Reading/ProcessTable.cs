using System.Globalization;
using Compose.Engine.Dto;
using Compose.Files.Canonical;

namespace Compose.State.Reading;

/// <summary>Converts the engine's list of a container's processes: the output of ps on Linux, other columns on Windows.</summary>
internal static class ProcessTable
{
    private const double SecondsOfDay = 86_400;

    public static IEnumerable<ComposeProcess> Read(ContainerTop table, ComposeContainer container)
    {
        foreach (var row in table.Processes ?? [])
        {
            var columns = new Dictionary<string, string>(StringComparer.Ordinal);
            for (var index = 0; index < row.Count && index < table.Titles.Count; index++)
                columns[table.Titles[index]] = row[index];
            yield return new ComposeProcess
            {
                EngineHost = container.EngineHost,
                ProjectName = container.ProjectName,
                Service = container.Service,
                Container = container.Container,
                Replica = container.Replica,
                ProcessId = Number(columns, "PID") ?? 0,
                ParentProcessId = Number(columns, "PPID"),
                User = Text(columns, "UID", "USER"),
                Command = Text(columns, "CMD", "COMMAND", "Name"),
                CpuTime = Duration(Text(columns, "TIME", "CPU")),
                Started = Text(columns, "STIME", "START"),
                Terminal = Text(columns, "TTY"),
                Columns = columns,
            };
        }
    }

    /// <summary>
    /// Parses <c>[days-]hours:minutes:seconds</c>. Some versions of ps omit parts or add fractions, and Podman has <c>1m2.5s</c>.
    /// </summary>
    public static TimeSpan Duration(string text)
    {
        var dash = text.IndexOf('-');
        var days = dash > 0
            && int.TryParse(text.Substring(0, dash), NumberStyles.None, CultureInfo.InvariantCulture, out var told)
            ? told
            : 0;
        var seconds = 0d;
        foreach (var part in text.Substring(dash + 1).Split(':'))
        {
            if (!double.TryParse(part, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number))
                return ComposeDuration.Parse(text) ?? TimeSpan.Zero;
            seconds = (seconds * 60) + number;
        }

        seconds += days * SecondsOfDay;
        return seconds < TimeSpan.MaxValue.TotalSeconds ? TimeSpan.FromSeconds(seconds) : TimeSpan.MaxValue;
    }

    private static int? Number(Dictionary<string, string> columns, string title) =>
        columns.TryGetValue(title, out var text)
            && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : null;

    private static string Text(Dictionary<string, string> columns, params string[] titles) =>
        titles.Where(columns.ContainsKey).Select(title => columns[title]).FirstOrDefault() ?? "";
}
