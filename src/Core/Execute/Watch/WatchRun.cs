using System.Diagnostics;
using Compose.Errors;
using Compose.Events;
using Compose.Execute.Running;
using Compose.Execute.Session;
using Compose.Model;
using Compose.Plan;
using Compose.Plan.Commands;
using Compose.Plan.Input;
using Compose.Plan.Prepare;
using Compose.State;
using Compose.State.Choosing;
using Compose.Streams.Exec;

namespace Compose.Execute.Watch;

/// <summary>
/// Watches files and does what the rules say until it is cancelled. What fails is told, and the watching goes on.
/// </summary>
internal sealed class WatchRun(
    ProjectSession session, ComposeProject project, WatchOptions options, IEventSink sink, CancellationToken cancellationToken)
{
    /// <summary>What could not be copied, by service: the next copy takes it along.</summary>
    private readonly Dictionary<string, IReadOnlyList<SyncItem>> _owed = new(StringComparer.Ordinal);

    private static readonly TimeSpan Retry = TimeSpan.FromSeconds(1);

    /// <summary>Whether the engine was gone at the last attempt.</summary>
    private bool _isAway;

    public async Task RunAsync(IReadOnlyList<WatchRule> rules, FileChanges changes)
    {
        foreach (var service in rules.GroupBy(rule => rule.Service))
            Tell(
                new ComposeWatchEvent
                {
                    EngineHost = "",
                    ProjectName = "",
                    Service = service.Key,
                    Action = "Watching",
                    Changed = [.. service.Select(rule => rule.Definition.Path).Distinct()],
                });
        await InitialSyncAsync(rules, changes.Snapshot.Files).ConfigureAwait(false);
        var next = changes.NextAsync(options.Quiet, sink, cancellationToken);
        IReadOnlyList<FileChange> due = [];
        while (true)
        {
            // What changes while the engine is away waits until it is there again.
            if (_isAway && await Task.WhenAny(next, Task.Delay(Retry, cancellationToken)).ConfigureAwait(false) != next)
            {
                cancellationToken.ThrowIfCancellationRequested();
                _isAway = !await AnswersAsync().ConfigureAwait(false);
            }
            else
            {
                var changed = await next.ConfigureAwait(false);
                due = [.. due.Where(old => changed.All(change => change.Path != old.Path)), .. changed];
                next = changes.NextAsync(options.Quiet, sink, cancellationToken);
            }

            if (_isAway)
                continue;
            if (due.Count > 0)
                await HandleAsync(WatchBatch.Of(rules, due)).ConfigureAwait(false);
            due = _isAway ? due : [];
        }
    }

    private async Task<bool> AnswersAsync()
    {
        try
        {
            await session.Engine.System.VersionAsync(cancellationToken).ConfigureAwait(false);
            return true;
        }
        catch (ComposeException)
        {
            return false;
        }
    }

    private async Task InitialSyncAsync(IReadOnlyList<WatchRule> rules, IReadOnlyList<string> files)
    {
        var first = rules.Where(rule => rule is { Syncs: true, Definition.InitialSync: true }).ToList();
        foreach (var service in WatchBatch.Of(first, [.. files.Select(file => new FileChange(file, Deleted: false))]).Sync)
            await TryAsync(() => SyncAsync("InitialSync", service.Key, service.Value)).ConfigureAwait(false);
    }

    private async Task HandleAsync(WatchBatch batch)
    {
        if (batch.Rebuild.Count > 0)
            await TryAsync(() => RebuildAsync(batch.Rebuild)).ConfigureAwait(false);
        if (_isAway)
            return;
        // A service that could not be brought up to date is neither restarted nor told.
        var failed = new HashSet<string>(StringComparer.Ordinal);
        foreach (var service in batch.Sync)
        {
            if (!await TryAsync(() => SyncAsync("Sync", service.Key, service.Value)).ConfigureAwait(false))
                failed.Add(service.Key);
        }

        if (batch.Restart.Where(service => !failed.Contains(service)).ToList() is { Count: > 0 } restarted)
            await TryAsync(() => RestartAsync(restarted)).ConfigureAwait(false);
        foreach (var rule in batch.Exec.Where(rule => !failed.Contains(rule.Service)))
            await TryAsync(() => ExecAsync(rule.Service, rule.Definition.Exec!)).ConfigureAwait(false);
    }

    private async Task SyncAsync(string action, string service, IReadOnlyList<SyncItem> items)
    {
        if (_owed.TryGetValue(service, out var owed))
            items = [.. owed.Where(old => !items.Any(item => item.ContainerPath == old.ContainerPath)), .. items];
        _owed[service] = items;
        foreach (var container in await ContainersAsync(service).ConfigureAwait(false))
        {
            var clock = Stopwatch.StartNew();
            var bytes = await new WatchSync(session.Engine, container, sink, cancellationToken)
                .RunAsync(items).ConfigureAwait(false);
            Tell(Of(container, action) with
            {
                Changed = [
                    .. items.Where(item => !item.Deleted).Select(item => item.Path)], Deleted = [
                        .. items.Where(item => item.Deleted).Select(item => item.Path)],
                Bytes = bytes, Duration = clock.Elapsed,
            });
        }

        _owed.Remove(service);
    }

    private async Task ExecAsync(string service, HookDefinition hook)
    {
        foreach (var container in (
            await ContainersAsync(service).ConfigureAwait(false)).Where(container => container.State == "Running"))
        {
            var clock = Stopwatch.StartNew();
            var output = new CommandOutput.Kept();
            var end = await ExecRun.RunAsync(
                session.Engine, container.Id, container.Container, HookRun.Request(hook), output,
                cancellationToken).ConfigureAwait(false);
            var written = output.StandardOutput + output.StandardError;
            Tell(Of(container, "Exec") with { ExitCode = end?.ExitCode, Output = written, Duration = clock.Elapsed });
            if (end?.ExitCode is not 0)
                sink.Emit(
                    new ErrorEvent(
                        WatchErrors.ExecFailed.Info(
                            $"{string.Join(" ", hook.Command)} ended with exit code {end?.ExitCode} in {container.Container}: "
                                + $"{written.Trim()}",
                            container.Container)));
        }
    }

    private async Task RestartAsync(IReadOnlyList<string> services, bool alone = false)
    {
        var clock = Stopwatch.StartNew();
        var request = new LifecycleRequest
        {
            ProjectName = project.Name,
            Project = project,
            Services = services,
            NoDependencies = alone,
        };
        var plan = await session.PlanLifecycleAsync(RestartPlanner.Plan, request, cancellationToken).ConfigureAwait(false);
        var report = await session.ExecuteAsync(plan, new ExecuteOptions(), sink, cancellationToken).ConfigureAwait(false);
        Report(report, WatchErrors.RestartFailed, "Restart", services, clock);
    }

    /// <summary>
    /// Builds the images of services alone, recreates their containers, and restarts what asks to be restarted with them.
    /// </summary>
    private async Task RebuildAsync(IReadOnlyList<string> services)
    {
        var clock = Stopwatch.StartNew();
        var run = session.StartUp(
            project, new UpOptions { Services = services, Build = true, NoDependencies = true, ForceRecreate = true });
        while (await run.NextAsync(Answers.None, cancellationToken).ConfigureAwait(false) is { } plan)
            await run.ExecuteAsync(plan, new ExecuteOptions(), sink, cancellationToken).ConfigureAwait(false);
        if (!Report(run.Report!, WatchErrors.RebuildFailed, "Rebuild", services, clock))
            return;
        if (new DependencyOrder([], project).WithRestarted(services).Except(services).ToList() is { Count: > 0 } dependents)
            await RestartAsync(dependents, alone: true).ConfigureAwait(false);
        if (options.Prune)
            await PruneAsync().ConfigureAwait(false);
    }

    /// <summary>Removes the project's images that a rebuild left without a name; one that is still used stays.</summary>
    private async Task PruneAsync()
    {
        var filters = new Engine.Api.Filters().With("label", $"{ComposeLabels.Project}={project.Name}").With("dangling", "true");
        foreach (var image in await session.Engine.Images.ListAsync(filters, cancellationToken).ConfigureAwait(false))
        {
            try
            {
                await session.Engine.Images.RemoveAsync(image.Id, force: false, cancellationToken).ConfigureAwait(false);
            }
            catch (ComposeException exception)
            {
                sink.Emit(new VerboseEvent($"{image.Id} is kept: {exception.Info.Message}"));
            }
        }
    }

    private bool Report(
        ExecutionReport report, ErrorDefinition error, string action, IReadOnlyList<string> services, Stopwatch clock)
    {
        _isAway |= report.LostEngine;
        foreach (var failed in report.Failed)
            sink.Emit(new ErrorEvent(error.Info($"{action} of {string.Join(", ", services)}: {failed.Reason}", report)));
        if (report.Succeeded)
        {
            foreach (var service in services)
                Tell(
                    new ComposeWatchEvent
                    {
                        EngineHost = "",
                        ProjectName = "",
                        Service = service,
                        Action = action,
                        Duration = clock.Elapsed,
                    });
        }

        return report.Succeeded;
    }

    private async Task<bool> TryAsync(Func<Task> work)
    {
        try
        {
            await work().ConfigureAwait(false);
            return true;
        }
        catch (ComposeException exception)
        {
            _isAway |= EngineErrors.IsGone(exception.Info.Id);
            sink.Emit(new ErrorEvent(exception.Info));
            return false;
        }
    }

    private async Task<IReadOnlyList<ComposeContainer>> ContainersAsync(string service) =>
        await session.ChooseAsync(new ReplicaChoice { ProjectName = project.Name, Service = service }, cancellationToken)
            .ConfigureAwait(false);

    private static ComposeWatchEvent Of(ComposeContainer container, string action) =>
        new()
        {
            EngineHost = "",
            ProjectName = "",
            Service = container.Service,
            Container = container.Container,
            Replica = container.Replica,
            Action = action,
        };

    private void Tell(ComposeWatchEvent done) =>
        sink.Emit(
            new ResultEvent(done with { EngineHost = session.EngineHost, ProjectName = project.Name, Timestamp = session.Now }));
}

/// <summary>How files are watched.</summary>
internal sealed record WatchOptions
{
    /// <summary>Whether images are removed that a rebuild left without a name.</summary>
    public bool Prune { get; init; } = true;

    /// <summary>Where the files of running sessions are, docker compose's too; null: nobody else is kept from watching.</summary>
    public string? RuntimeDirectory { get; init; }

    /// <summary>How long nothing may change before a batch is over.</summary>
    public TimeSpan Quiet { get; init; } = FileChanges.QuietPeriod;
}
