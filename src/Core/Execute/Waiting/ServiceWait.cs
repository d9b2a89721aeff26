using System.Diagnostics;
using Compose.Engine.Api;
using Compose.Engine.Dto;
using Compose.Engine.Own;
using Compose.Errors;
using Compose.Events;
using Compose.Plan;
using Compose.Plan.Prepare;

namespace Compose.Execute.Waiting;

/// <summary>
/// Waits until the containers of a service have the state that a dependent needs; fails with the reason if they never will.
/// </summary>
internal sealed class ServiceWait(EngineClient engine, ContainerEvents watch, FreshStarts starts, IEventSink sink)
{
    /// <summary>
    /// How long a container without a healthcheck must run before it counts as running. docker compose, too, first looks half a
    /// second after the start.
    /// </summary>
    private static readonly TimeSpan MinimumRunTime = TimeSpan.FromMilliseconds(500);
    private readonly ContainerDiagnostics _details = new(engine, sink);
    private readonly Stopwatch _clock = Stopwatch.StartNew();

    /// <summary>When to look again without an event; null to wait for the next event.</summary>
    private TimeSpan? _nextLook;

    public async Task RunAsync(
        WaitForService wait, IReadOnlyList<(string Id, string Name)> containers, CancellationToken cancellationToken)
    {
        watch.Open();
        var open = containers.ToList();
        while (true)
        {
            _nextLook = null;
            var events = open.ConvertAll(container => watch.Next(container.Id));
            var looks = await Task.WhenAll(
                open.Select(container => engine.Containers.InspectAsync(container.Id, cancellationToken))).ConfigureAwait(false);
            foreach (var (container, look) in open.ToList().Zip(looks, (container, look) => (container, look)))
            {
                var settled = await ContainerDiagnostics.SettledAsync(engine, look, cancellationToken).ConfigureAwait(false);
                if (await IsReachedAsync(wait, container.Name, settled, cancellationToken).ConfigureAwait(false))
                    open.Remove(container);
            }

            if (open.Count == 0 || (wait.Condition == "service_completed_successfully" && open.Count < containers.Count))
                return;
            if (wait.Timeout is { } limit && _clock.Elapsed >= limit)
                throw await TimeoutErrorAsync(wait, limit, open, cancellationToken).ConfigureAwait(false);
            sink.Emit(
                ProgressEvent.Running(ProgressKind.Wait, wait.Target, "Waiting", wait.Condition)
                    .Counting(containers.Count - open.Count, containers.Count));
            var left = wait.Timeout - _clock.Elapsed;
            var longest = _nextLook is { } next && !(left < next) ? next : left;
            await ContainerEvents.AnyAsync(events, longest, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task<bool> IsReachedAsync(
        WaitForService wait, string name, ContainerInspect look, CancellationToken cancellationToken)
    {
        var state = look.State;
        var ended = state.Status is "exited" or "dead";
        if (wait.Condition == "service_completed_successfully")
        {
            if (!ended)
            {
                if (!DependencyCheck.RestartsForever(look.HostConfig.RestartPolicy?.Name))
                    return false;
                throw PlanErrors.DependencyNeverCompletes.Exception(
                    $"container {name} is waited for to complete, but its restart policy always starts it again", wait.Service);
            }

            return state.ExitCode == 0
                ? true
                : throw await NotCompletedAsync(wait.Service, name, look, cancellationToken).ConfigureAwait(false);
        }

        if (ended
            && !(
                wait.Condition == "running_or_healthy"
                    && state.ExitCode == 0
                    && look.HostConfig.RestartPolicy?.Name is null or "" or "no"))
            throw await ExitedAsync(name, look, cancellationToken).ConfigureAwait(false);
        if (ended)
            return true;
        switch (state.Health?.Status)
        {
            case "healthy":
                return true;
            case "unhealthy":
                throw await UnhealthyAsync(name, look, cancellationToken).ConfigureAwait(false);
            case "starting":
                return false;
            default:
                if (state.Status == "restarting" || HasRestarted(look))
                    throw await ExitedAsync(name, look, cancellationToken).ConfigureAwait(false);
                if (starts.Since(look.Id) is { } running && running < MinimumRunTime)
                {
                    _nextLook = MinimumRunTime - running;
                    return false;
                }

                if (wait.Condition == "running_or_healthy")
                    return state.Status == "running";
                throw ExecuteErrors.NoHealthcheck.Exception($"container {name} has no healthcheck configured", wait.Service);
        }
    }

    /// <summary>Whether the engine has restarted a container since this run started it, which sets the count to 0.</summary>
    private bool HasRestarted(ContainerInspect look) => look.RestartCount > 0 && starts.Since(look.Id) is not null;

    private async Task<ComposeException> TimeoutErrorAsync(
        WaitForService wait, TimeSpan limit, IReadOnlyList<(string Id, string Name)> open, CancellationToken cancellationToken)
    {
        var found = new List<string>();
        foreach (var (id, name) in open)
        {
            var look = await ContainerDiagnostics.SettledAsync(
                engine, await engine.Containers.InspectAsync(id, cancellationToken).ConfigureAwait(false),
                cancellationToken).ConfigureAwait(false);
            found.Add(await _details.StateAsync(name, look, cancellationToken).ConfigureAwait(false));
        }

        return ExecuteErrors.WaitTimeout.Exception(
            $"{string.Join(", ", open.Select(container => container.Name))} did not become ready within {limit.TotalSeconds:0.#} "
                + $"s: {string.Join("; ", found)}",
            wait.Service);
    }

    private async Task<ComposeException> NotCompletedAsync(
        string service, string name, ContainerInspect look, CancellationToken cancellationToken) =>
        ExecuteErrors.DependencyNotCompleted.Exception(
            $"service \"{service}\" didn't complete successfully: exit "
                + $"{look.State.ExitCode}{await _details.DetailsAsync(name, look, cancellationToken).ConfigureAwait(false)}",
            service);

    private async Task<ComposeException> ExitedAsync(string name, ContainerInspect look, CancellationToken cancellationToken)
    {
        var runsAgain = look.State.Status == "running";
        var code = runsAgain && watch.LastEnd(look.Id) is { } end ? end.Code : look.State.ExitCode;
        var details = await _details.DetailsAsync(name, look, cancellationToken).ConfigureAwait(false);
        return ExecuteErrors.DependencyExited.Exception($"container {name} exited ({code}){details}", name);
    }

    private async Task<ComposeException> UnhealthyAsync(
        string name, ContainerInspect look, CancellationToken cancellationToken)
    {
        var details = await _details.DetailsAsync(name, look, cancellationToken).ConfigureAwait(false);
        return ExecuteErrors.DependencyUnhealthy.Exception(
            $"container {name} is unhealthy{ContainerDiagnostics.Probe(look)}{details}", name);
    }
}
