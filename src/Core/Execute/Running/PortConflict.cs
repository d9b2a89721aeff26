using System.Globalization;
using System.Text.RegularExpressions;
using Compose.Engine.Api;
using Compose.Errors;
using Compose.State;

namespace Compose.Execute.Running;

/// <summary>Explains which container already publishes a port.</summary>
internal static class PortConflict
{
    // "Bind for 0.0.0.0:80 failed", "listen tcp4 0.0.0.0:80: bind", "failed to bind host port for 0.0.0.0:80:172.17.0.2:80/tcp"
    // (engine 28), "failed to bind host port 0.0.0.0:80/tcp" (engine 29).
    private static readonly Regex Port = new(
        @"(?:Bind for|listen (?:tcp|udp)\S*) \S*:(?<port>\d+)(?: failed|: bind)"
            + @"|bind host port (?:for )?(?:\[[^\]\s]*\]|[^:\s]*):(?<port>\d+)",
        RegexOptions.CultureInvariant);

    public static async Task ExplainAsync(EngineClient engine, Task start, CancellationToken cancellationToken)
    {
        try
        {
            await start.ConfigureAwait(false);
        }
        catch (EngineException exception) when (exception.Info.Id == EngineErrors.PortInUse.Id)
        {
            if (PortOf(exception.Info.Message) is not { } port)
                throw;
            var owner = await OwnerAsync(engine, port, cancellationToken).ConfigureAwait(false);
            throw EngineErrors.PortInUse.Exception($"{exception.Info.Message} {owner}", exception.Info.Target, inner: exception);
        }
    }

    /// <summary>The host port that an engine's refusal names; null if it names none.</summary>
    public static int? PortOf(string message) =>
        Port.Match(message) is { Success: true } match && int.TryParse(
            match.Groups["port"].Value, NumberStyles.None, CultureInfo.InvariantCulture, out var port)
            ? port
            : null;

    private static async Task<string> OwnerAsync(EngineClient engine, int port, CancellationToken cancellationToken)
    {
        var running = await engine.Containers.ListAsync(false, null, cancellationToken).ConfigureAwait(false);
        var owner = running.FirstOrDefault(container => container.Ports?.Any(published => published.PublicPort == port) == true);
        if (owner is null)
            return $"(port {port} is taken by something outside the engine)";
        return owner.Labels is { } labels && labels.TryGetValue(ComposeLabels.Project, out var project)
            ? $"(port {port} belongs to container {owner.Names[0].TrimStart('/')} of project {project})"
            : $"(port {port} belongs to container {owner.Names[0].TrimStart('/')})";
    }
}
