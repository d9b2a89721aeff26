using Compose.Engine.Api;
using Compose.Engine.Own;
using Compose.Errors;
using Compose.Events;
using Compose.Execute.Waiting;
using Compose.Plan;
using Compose.Plan.Building;
using Compose.State;
using Compose.State.Reading;

namespace Compose.Execute.Running;

/// <summary>
/// Compares what a run did with what the engine lists afterwards, because a started container may not be running. A container
/// that ended with 0 or is being restarted is fine. One that failed and has no restart policy may be a job, so that is only a
/// warning.
/// </summary>
internal sealed class EffectCheck(EngineClient engine, IReadOnlyList<ComposeContainer> containers, IEventSink sink)
{
    private readonly ILookup<string, ComposeContainer> _byTarget = containers.ToLookup(Targets.Container, StringComparer.Ordinal);
    private readonly HashSet<string> _running = new(
        containers.Where(container => container.State == "Running").Select(container => container.Id), StringComparer.Ordinal);

    public async Task<ExecutionReport> CheckAsync(ExecutionReport report, CancellationToken cancellationToken)
    {
        var actions = report.Actions.ToArray();
        var replaced = new HashSet<string>(StringComparer.Ordinal);
        for (var index = actions.Length - 1; index >= 0; index--)
        {
            var action = actions[index];
            // Only the last step on a container counts.
            var counts = action.Status == "Done" && !(action.Step is StartContainer && replaced.Contains(action.Target));
            if (counts && await ProblemAsync(action, cancellationToken).ConfigureAwait(false) is { } problem)
                actions[index] = action with { Status = "Failed", Reason = problem.Message, Error = problem };
            if (action.Step is StartContainer or StopContainer or RemoveContainer or RestartContainer or CreateContainer)
                replaced.Add(action.Target);
        }

        return report with { Actions = actions };
    }

    private async Task<ErrorInfo?> ProblemAsync(ActionResult action, CancellationToken cancellationToken)
    {
        switch (action.Step)
        {
            case StartContainer { OneOff: false } start:
                return await StartedAsync(action.Target, start, cancellationToken).ConfigureAwait(false);
            case RemoveContainer { Reference.Id: { } id } remove when _running.Contains(id):
                return ExecuteErrors.WithoutEffect.Info(
                    $"The engine said that it removed container {remove.Container}, and it still runs.", action.Target);
            case RenameContainer rename when _byTarget[action.Target].Any(one => one.Container != rename.NewName):
                return ExecuteErrors.WithoutEffect.Info(
                    $"The engine said that it gave a container the name {rename.NewName}, and it has another.", action.Target);
            default:
                return null;
        }
    }

    private async Task<ErrorInfo?> StartedAsync(string target, StartContainer start, CancellationToken cancellationToken)
    {
        var all = _byTarget[target].ToList();
        var found = all.FirstOrDefault(container => container.State == "Running") ?? all.FirstOrDefault();
        switch (found?.State)
        {
            case null:
                return ExecuteErrors.WithoutEffect.Info(
                    $"The engine said that it started container {start.Container}, and it is not there.", target);
            case "Created":
                return ExecuteErrors.WithoutEffect.Info(
                    $"The engine said that it started container {found.Container}, and it was never started.", target);
            case "Exited" or "Dead" when found.ExitCode != 0:
                return await ExitedAsync(target, found, cancellationToken).ConfigureAwait(false);
            default:
                return null;
        }
    }

    private async Task<ErrorInfo?> ExitedAsync(string target, ComposeContainer container, CancellationToken cancellationToken)
    {
        var request = engine.Containers.InspectAsync(container.Id, cancellationToken);
        if (await StateReader.PresentAsync(request).ConfigureAwait(false) is not { } look)
            return null;
        var settled = await ContainerDiagnostics.SettledAsync(engine, look, cancellationToken).ConfigureAwait(false);
        var details = await new ContainerDiagnostics(engine, sink)
            .DetailsAsync(container.Container, settled, cancellationToken).ConfigureAwait(false);
        var message = $"container {container.Container} exited ({container.ExitCode}){details}";
        if (look.HostConfig.RestartPolicy is { Name: not ("" or "no") })
            return ExecuteErrors.ContainerExited.Info(message, target);
        sink.Emit(new WarningEvent(message));
        return null;
    }
}
