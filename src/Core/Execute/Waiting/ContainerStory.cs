using Compose.Engine.Api;
using Compose.Engine.Dto;
using Compose.Events;
using Compose.State.Reading;

namespace Compose.Execute.Waiting;

/// <summary>Why a container is as it is: what its probe said, whether it ran out of memory, what it wrote last.</summary>
internal sealed class ContainerStory(EngineClient engine, IEventSink sink)
{
    private const int Killed = 137;
    private const int Looks = 4;
    private static readonly TimeSpan Lag = TimeSpan.FromMilliseconds(300);

    public static string Probe(ContainerInspect look) => look.State.Health?.Log?.LastOrDefault() is { } probe
        ? "; its last probe ended with "
            + $"{probe.ExitCode}{((probe.Output ?? "").Trim() is { Length: > 0 } said ? ": " + said : "")}"
        : "";

    /// <summary>How a container stands that is waited for: its state, its health, its last probe, and the story.</summary>
    public async Task<string> StandingAsync(string name, ContainerInspect look, CancellationToken cancellationToken)
    {
        var health = look.State.Health?.Status is { Length: > 0 } status ? ", " + status : "";
        var story = await TellAsync(name, look, cancellationToken).ConfigureAwait(false);
        return $"{name} is {look.State.Status}{health}{Probe(look)}{story}";
    }

    private static bool MayBeOutOfMemory(ContainerInspect look) =>
        !look.State.OOMKilled && look.State.ExitCode == Killed && !look.State.Running;

    /// <param name="name">The container's name.</param>
    /// <param name="look">A settled look at it.</param>
    /// <param name="cancellationToken">Ends the telling.</param>
    public async Task<string> TellAsync(string name, ContainerInspect look, CancellationToken cancellationToken)
    {
        var detail = look.State.OOMKilled ? "; it ran out of memory" : "";
        if (!string.IsNullOrEmpty(look.State.Error))
            detail += "; " + look.State.Error;
        var lines = await LastLines.OfAsync(engine, look.Id, sink, cancellationToken).ConfigureAwait(false);
        return lines.Count == 0 ? detail : $"{detail}; last output of {name}:\n  {string.Join("\n  ", lines)}";
    }

    /// <summary>
    /// The look once it is known whether the container ran out of memory. The engine learns of such a kill apart from the end and
    /// up to about a second later on a busy machine, so a killed container is looked at a few times.
    /// </summary>
    public static async Task<ContainerInspect> SettledAsync(
        EngineClient engine, ContainerInspect look, CancellationToken cancellationToken)
    {
        for (var looks = 1; looks < Looks && MayBeOutOfMemory(look); looks++)
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
