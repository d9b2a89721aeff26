using Compose.Engine.Api;
using Compose.Engine.Own;
using Compose.Errors;
using Compose.State;

namespace Compose.Execute.Running;

/// <summary>Explains which container already publishes a port.</summary>
internal static class PortConflict
{
    public static async Task ExplainAsync(EngineClient engine, Task start, CancellationToken cancellationToken)
    {
        try
        {
            await start.ConfigureAwait(false);
        }
        catch (EngineException exception) when (exception.Info.Id == EngineErrors.PortInUse.Id)
        {
            var owner = await OwnerAsync(engine, exception.HostPort, cancellationToken).ConfigureAwait(false);
            throw EngineErrors.PortInUse.Exception($"{exception.Info.Message} {owner}", exception.Info.Target, inner: exception);
        }
    }

    private static async Task<string> OwnerAsync(EngineClient engine, int? port, CancellationToken cancellationToken)
    {
        if (port is null)
            return "";
        var running = await engine.Containers.ListAsync(false, null, cancellationToken).ConfigureAwait(false);
        var owner = running.FirstOrDefault(container => container.Ports?.Any(published => published.PublicPort == port) == true);
        if (owner is null)
            return $"(port {port} is taken by something outside the engine)";
        return owner.Labels is { } labels && labels.TryGetValue(ComposeLabels.Project, out var project)
            ? $"(port {port} belongs to container {owner.Names[0].TrimStart('/')} of project {project})"
            : $"(port {port} belongs to container {owner.Names[0].TrimStart('/')})";
    }
}
