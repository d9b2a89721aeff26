using Compose.Engine.Api;
using Compose.Engine.Dto;
using Compose.Events;

namespace Compose.Execute;

/// <summary>Why a container is as it is: what its probe said, whether it ran out of memory, what it wrote last.</summary>
internal sealed class ContainerStory(EngineClient engine, IEventSink sink)
{
    public static string Probe(ContainerInspect look) => look.State.Health?.Log?.LastOrDefault() is { } probe
        ? $"; its last probe ended with {probe.ExitCode}: {(probe.Output ?? "").Trim()}"
        : "";

    public async Task<string> TellAsync(string name, ContainerInspect look, CancellationToken cancellationToken)
    {
        var detail = look.State.OOMKilled ? "; it ran out of memory" : "";
        if (!string.IsNullOrEmpty(look.State.Error))
            detail += "; " + look.State.Error;
        var lines = await LastLines.OfAsync(engine, look.Id, look.Config.Tty, sink, cancellationToken).ConfigureAwait(false);
        return lines.Count == 0 ? detail : $"{detail}; last output of {name}:\n  {string.Join("\n  ", lines)}";
    }
}
