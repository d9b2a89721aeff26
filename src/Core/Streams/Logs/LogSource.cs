using Compose.Engine.Api;
using Compose.Engine.Own;
using Compose.State;

namespace Compose.Streams.Logs;

/// <summary>A container whose log is read, and the properties that all of its entries share.</summary>
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

    /// <summary>Opens the log as the engine sends it. The caller disposes the reader.</summary>
    public async Task<LogLineReader> OpenAsync(EngineClient engine, LogQuery query, CancellationToken cancellationToken) =>
        new(await engine.Containers.LogsAsync(Id, query, cancellationToken).ConfigureAwait(false), Template.Container);
}
