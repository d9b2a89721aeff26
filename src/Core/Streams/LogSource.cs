using Compose.Engine.Api;
using Compose.Engine.Dto;
using Compose.State;

namespace Compose.Streams;

/// <summary>A container whose log is read, with what every entry of it says.</summary>
internal sealed record LogSource(string Id, ComposeLogEntry Template)
{
    public static LogSource From(string engineHost, ComposeContainer container) => new(container.Id, new ComposeLogEntry
    {
        EngineHost = engineHost,
        ProjectName = container.ProjectName,
        Service = container.Service,
        Container = container.Container,
        Replica = container.Replica,
    });

    /// <summary>A container an event tells of.</summary>
    public static LogSource From(string engineHost, EngineEvent started)
    {
        var labels = started.Actor.Attributes ?? new Dictionary<string, string>();
        return new LogSource(started.Actor.ID, new ComposeLogEntry
        {
            EngineHost = engineHost,
            ProjectName = Value(ComposeLabels.Project),
            Service = Value(ComposeLabels.Service),
            Container = Value("name"),
            Replica = int.TryParse(Value(ComposeLabels.ContainerNumber), out var number) ? number : 0,
        });

        string Value(string key) => labels.TryGetValue(key, out var value) ? value : "";
    }

    public bool IsWanted(LogRequest request) =>
        (request.Services.Count == 0 || request.Services.Contains(Template.Service))
        && (request.Containers.Count == 0 || request.Containers.Contains(Template.Container));

    /// <summary>Opens the log as the engine sends it. The caller disposes the reader.</summary>
    public async Task<LogLineReader> OpenAsync(EngineClient engine, LogQuery query, CancellationToken cancellationToken)
    {
        var response = await engine.Containers.LogsAsync(Id, query, cancellationToken).ConfigureAwait(false);
        return new LogLineReader(await response.Content.ReadAsStreamAsync().ConfigureAwait(false), response);
    }
}
