using Compose.Engine.Api;
using Compose.Engine.Dto;
using Compose.Engine.Own;
using Compose.Events;
using Compose.State.Reading;

namespace Compose.Execute.Waiting;

/// <summary>Explains a container's state for errors: its last probe, whether it ran out of memory, its last output.</summary>
internal sealed class ContainerDiagnostics(EngineClient engine, IEventSink sink)
{
    private const int Killed = 137;
    private const int MaxInspections = 4;
    private static readonly TimeSpan Lag = TimeSpan.FromMilliseconds(300);

    public static string Probe(ContainerInspect look) => look.State.Health?.Log?.LastOrDefault() is { } probe
        ? "; its last probe ended with "
            + $"{probe.ExitCode}{((probe.Output ?? "").Trim() is { Length: > 0 } said ? ": " + said : "")}"
        : "";

    /// <summary>A container's state, health, last probe and details, for an error about a wait.</summary>
    public async Task<string> StateAsync(string name, ContainerInspect look, CancellationToken cancellationToken)
    {
        var health = look.State.Health?.Status is { Length: > 0 } status ? ", " + status : "";
        var details = await DetailsAsync(name, look, cancellationToken).ConfigureAwait(false);
        return $"{name} is {look.State.Status}{health}{Probe(look)}{details}";
    }

    private static bool MayBeOutOfMemory(ContainerInspect look) =>
        !look.State.OOMKilled && look.State.ExitCode == Killed && !look.State.Running;

    /// <param name="name">The container's name.</param>
    /// <param name="look">Its settled inspection: see <see cref="SettledAsync"/>.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public async Task<string> DetailsAsync(string name, ContainerInspect look, CancellationToken cancellationToken)
    {
        var detail = look.State.OOMKilled ? "; it ran out of memory" : "";
        if (!string.IsNullOrEmpty(look.State.Error))
            detail += "; " + look.State.Error;
        var lines = await LastLogLines.OfAsync(engine, look.Id, sink, cancellationToken).ConfigureAwait(false);
        return lines.Count == 0 ? detail : $"{detail}; last output of {name}:\n  {string.Join("\n  ", lines)}";
    }

    /// <summary>
    /// The inspection once it shows whether the container ran out of memory. The engine learns of such a kill separately, up to
    /// about a second after the end on a busy machine, so a killed container is inspected a few times.
    /// </summary>
    public static async Task<ContainerInspect> SettledAsync(
        EngineClient engine, ContainerInspect look, CancellationToken cancellationToken)
    {
        for (var inspections = 1; inspections < MaxInspections && MayBeOutOfMemory(look); inspections++)
        {
            await Task.Delay(Lag, cancellationToken).ConfigureAwait(false);
            var request = engine.Containers.InspectAsync(look.Id, cancellationToken);
            if (await StateReader.PresentAsync(request).ConfigureAwait(false) is not { } again)
                return look;
            look = look with { State = look.State with { OOMKilled = again.State.OOMKilled } };
        }

        return look;
    }
}
