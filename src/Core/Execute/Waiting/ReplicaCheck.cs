using System.Collections.Concurrent;
using System.Diagnostics;
using Compose.Engine.Api;
using Compose.Engine.Dto;
using Compose.Engine.Own;
using Compose.Errors;
using Compose.Events;
using Compose.Execute.Running;
using Compose.State;
using Compose.State.Reading;

namespace Compose.Execute.Waiting;

/// <summary>Checks whether a container has the state that a user waits for.</summary>
internal sealed class ReplicaCheck(EngineClient engine, WaitRequest request, ContainerEvents watch)
{
    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private readonly LostEngine _lost = new();

    /// <summary>The first start of each container, by id. Containers are checked concurrently.</summary>
    private readonly ConcurrentDictionary<string, DateTime> _started = new(StringComparer.Ordinal);

    /// <summary>
    /// The container with a result if it has the state, with an error if it never will, or with neither if it still may.
    /// </summary>
    public async Task<(ComposeContainer Container, ComposeWaitResult? Look, ErrorInfo? Error)> CheckAsync(
        ComposeContainer container, IEventSink sink, CancellationToken cancellationToken)
    {
        ContainerInspect? look;
        try
        {
            look = await SettledAsync(container.Id, cancellationToken).ConfigureAwait(false);
            _lost.Answered();
        }
        catch (ComposeException exception) when (request.For == WaitFor.Exited && EngineErrors.IsGone(exception.Info.Id))
        {
            if (_started.TryGetValue(container.Id, out var started) && watch.EndAfter(container.Id, started) is { } code)
                return (container, Result(container) with { Reached = true, State = "Exited", ExitCode = code }, null);
            if (_lost.MayStillReport(watch))
                return (container, null, null);
            throw;
        }

        if (look is null)
            return (
                container, null,
                EngineErrors.ContainerNotFound.Info(
                    $"Container {container.Container} was removed while it was waited for.",
                    Result(container) with { State = "Gone" }));
        var result = Result(container, look);
        switch (request.For)
        {
            case WaitFor.Exited:
                return (container, HasEnded(look, out var code) ? result with { Reached = true, ExitCode = code } : null, null);
            case WaitFor.Condition:
                return (container, null, null);
        }

        var ended = look.State.Status is "exited" or "dead";
        var finished = ended && look.State.ExitCode == 0 && look.HostConfig.RestartPolicy?.Name is null or "" or "no";
        if (ended)
        {
            return request.For == WaitFor.Ready && finished
                ? (container, result with { Reached = true }, null)
                : (
                    container, null,
                    await FailedAsync(
                        ExecuteErrors.ContainerExited, $"container {container.Container} exited ({look.State.ExitCode})", look,
                        result, sink, cancellationToken).ConfigureAwait(false));
        }

        switch (request.For, look.State.Health?.Status)
        {
            case (WaitFor.Ready or WaitFor.Healthy, "unhealthy"):
                return (
                    container, null,
                    await FailedAsync(
                        ExecuteErrors.ContainerUnhealthy,
                        $"container {container.Container} is unhealthy{ContainerDiagnostics.Probe(look)}", look, result, sink,
                        cancellationToken).ConfigureAwait(false));
            case (WaitFor.Healthy, null or "" or "none"):
                return (
                    container, null,
                    ExecuteErrors.NoHealthcheck.Info($"container {container.Container} has no healthcheck configured", result));
            case (WaitFor.Ready or WaitFor.Healthy, "starting"):
                return (container, null, null);
            case (WaitFor.Port, _):
                return await PortAsync(container, look, result, cancellationToken).ConfigureAwait(false);
            default:
                return (container, look.State.Status == "running" ? result with { Reached = true } : null, null);
        }
    }

    /// <summary>The settled inspection of a container; null if the container is gone.</summary>
    public async Task<ContainerInspect?> SettledAsync(string id, CancellationToken cancellationToken)
    {
        var look = await StateReader.PresentAsync(engine.Containers.InspectAsync(id, cancellationToken)).ConfigureAwait(false);
        return look is null
            ? null
            : await ContainerDiagnostics.SettledAsync(engine, look, cancellationToken).ConfigureAwait(false);
    }

    private async Task<(ComposeContainer Container, ComposeWaitResult? Look, ErrorInfo? Error)> PortAsync(
        ComposeContainer container, ContainerInspect look, ComposeWaitResult result, CancellationToken cancellationToken)
    {
        if (look.State.Status != "running")
            return (container, null, null);
        var places = ReachablePorts.Of(look, request.Port, engine.EngineHost, engine.IsLocal);
        if (places.Count == 0)
        {
            var wanted = request.Port is { } port ? $"port {port}" : "a tcp port";
            return (
                container, null,
                StateErrors.PortNotPublished.Info(
                    $"Container {container.Container} does not publish {wanted}, and it cannot be reached from here otherwise.",
                    result));
        }

        var answers = await Task.WhenAll(
            places.Select(place => PortProbe.AnswersAsync(place.Host, place.Port, cancellationToken))).ConfigureAwait(false);
        return (
            container, answers.All(answer => answer) ? result with { Reached = true, Duration = _clock.Elapsed } : null, null);
    }

    /// <summary>
    /// Whether the container has ended, and how. If it was restarted at once, only the event has the exit code. (The engine's own
    /// wait may return the exit code of the next run.)
    /// </summary>
    private bool HasEnded(ContainerInspect look, out int? code)
    {
        code = look.State.ExitCode;
        if (look.State.Status is "exited" or "dead")
            return true;
        code = null;
        if (look.State.Status == "created" || ResourceMapping.Time(look.State.StartedAt) is not { } started)
            return false;
        var first = _started.GetOrAdd(look.Id, started);
        code = watch.EndAfter(look.Id, first);
        return code is not null || started > first;
    }

    private async Task<ErrorInfo> FailedAsync(
        ErrorDefinition definition, string message, ContainerInspect look, ComposeWaitResult result, IEventSink sink,
        CancellationToken cancellationToken) =>
        definition.Info(
            message + await new ContainerDiagnostics(engine, sink)
                .DetailsAsync(result.Container, look, cancellationToken).ConfigureAwait(false),
            result);

    public ComposeWaitResult Result(string service) => new()
    {
        EngineHost = engine.EngineHost,
        ProjectName = request.Choice.ProjectName,
        Service = service,
        Container = "",
        For = request.For.ToString(),
        Duration = _clock.Elapsed,
    };

    public ComposeWaitResult Result(ComposeContainer container) =>
        Result(container.Service) with { Container = container.Container, Replica = container.Replica };

    public ComposeWaitResult Result(ComposeContainer container, ContainerInspect look)
    {
        var probe = look.State.Health?.Log?.LastOrDefault();
        return Result(container) with
        {
            State = ContainerMapping.Capitalized(look.State.Status),
            Health = look.State.Health?.Status is { Length: > 0 } health and not "none"
                ? ContainerMapping.Capitalized(health)
                : "None",
            ExitCode = look.State.Status is "exited" or "dead" ? look.State.ExitCode : null,
            OutOfMemory = look.State.OOMKilled,
            ProbeOutput = probe?.Output?.Trim(),
            ProbeExitCode = probe?.ExitCode,
        };
    }
}
