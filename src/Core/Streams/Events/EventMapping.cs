using System.Globalization;
using Compose.Engine.Api;
using Compose.Engine.Dto;
using Compose.State;

namespace Compose.Streams.Events;

/// <summary>Makes result objects from the engine's events.</summary>
internal static class EventMapping
{
    public static ComposeEngineEvent Read(EngineEvent engineEvent, string engineHost)
    {
        var attributes = engineEvent.Actor.Attributes ?? new Dictionary<string, string>();
        var colon = engineEvent.Action.IndexOf(": ", StringComparison.Ordinal);
        var oneOff = Value(ComposeLabels.OneOff) == "True";
        return new ComposeEngineEvent
        {
            EngineHost = engineHost,
            ProjectName = Value(ComposeLabels.Project),
            Service = Value(ComposeLabels.Service),
            Container = Value("name"),
            Replica = oneOff ? 0 : Number(Value(ComposeLabels.ContainerNumber)) ?? 0,
            Time = UnixTime.FromNano(engineEvent.TimeNano),
            Type = engineEvent.Type,
            Action = colon < 0 ? engineEvent.Action : engineEvent.Action.Substring(0, colon),
            Detail = colon < 0 ? "" : engineEvent.Action.Substring(colon + 2),
            ExitCode = Number(Value("exitCode")),
            Id = engineEvent.Actor.ID,
            Attributes = attributes.Where(pair => !pair.Key.StartsWith(ComposeLabels.Prefix, StringComparison.Ordinal))
                .ToDictionary(pair => pair.Key, pair => pair.Value),
        };

        string Value(string key) => attributes.TryGetValue(key, out var value) ? value : "";
    }

    /// <summary>The container of an event, as a running one; null if the container is not compose's.</summary>
    public static ComposeContainer? Container(EngineEvent engineEvent, string engineHost)
    {
        var read = Read(engineEvent, engineHost);
        return read.Service.Length == 0 ? null : new ComposeContainer
        {
            EngineHost = engineHost,
            ProjectName = read.ProjectName,
            Service = read.Service,
            Container = read.Container,
            Replica = read.Replica,
            Id = read.Id,
            State = "Running",
            OneOff = read.Replica == 0,
        };
    }

    private static int? Number(string text) =>
        int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : null;
}
