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

/// <summary>Watches files and applies the rules until cancelled. Failures are reported, and the watch continues.</summary>
internal sealed class WatchRun(
    ProjectSession session, ComposeProject project, WatchOptions options, IEventSink sink, CancellationToken cancellationToken)
{
    /// <summary>Changes that could not be copied, by service: the next copy includes them.</summary>
    private readonly Dictionary<string, IReadOnlyList<SyncItem>> _unsynced = new(StringComparer.Ordinal);

    private static readonly TimeSpan Retry = TimeSpan.FromSeconds(1);

    /// <summary>Whether the engine could not be reached at the last attempt.</summary>
    private bool _isUnreachable;

    public async Task RunAsync(IReadOnlyList<WatchRule> rules, FileChanges changes)
    {
        foreach (var service in rules.GroupBy(rule => rule.Service))
            Emit(
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
            // Changes wait until the engine can be reached again.
            if (_isUnreachable && await Task.WhenAny(next, Task.Delay(Retry, cancellationToken)).ConfigureAwait(false) != next)
            {
                cancellationToken.ThrowIfCancellationRequested();
                _isUnreachable = !await IsReachableAsync().ConfigureAwait(false);
            }
            else
            {
                var changed = await next.ConfigureAwait(false);
                due = [.. due.Where(old => changed.All(change => change.Path != old.Path)), .. changed];
                next = changes.NextAsync(options.Quiet, sink, cancellationToken);
            }

            if (_isUnreachable)
                continue;
            if (due.Count > 0)
                await HandleAsync(WatchBatch.Of(rules, due)).ConfigureAwait(false);
            due = _isUnreachable ? due : [];
        }
    }

    private async Task<bool> IsReachableAsync()
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
        if (_isUnreachable)
            return;
        // A service that could not be updated is neither restarted nor runs its command.
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
        if (_unsynced.TryGetValue(service, out var unsynced))
            items = [.. unsynced.Where(old => !items.Any(item => item.ContainerPath == old.ContainerPath)), .. items];
        _unsynced[service] = items;
        foreach (var container in await ContainersAsync(service).ConfigureAwait(false))
        {
            var clock = Stopwatch.StartNew();
            var bytes = await new WatchSync(session.Engine, container, sink, cancellationToken)
                .RunAsync(items).ConfigureAwait(false);
            Emit(Of(container, action) with
            {
                Changed = [
                    .. items.Where(item => !item.Deleted).Select(item => item.Path)], Deleted = [
                        .. items.Where(item => item.Deleted).Select(item => item.Path)],
                Bytes = bytes, Duration = clock.Elapsed,
            });
        }

        _unsynced.Remove(service);
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
            Emit(Of(container, "Exec") with { ExitCode = end?.ExitCode, Output = written, Duration = clock.Elapsed });
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
        var plan = await session.Plans.LifecycleAsync(RestartPlanner.Plan, request, cancellationToken).ConfigureAwait(false);
        var report = await session.ExecuteAsync(plan, new ExecuteOptions(), sink, cancellationToken).ConfigureAwait(false);
        Report(report, WatchErrors.RestartFailed, "Restart", services, clock);
    }

    /// <summary>
    /// Builds only the images of these services, recreates their containers, and restarts services that depend on them with
    /// restart.
    /// </summary>
    private async Task RebuildAsync(IReadOnlyList<string> services)
    {
        var clock = Stopwatch.StartNew();
        var run = new UpRun(
            session, project, new UpOptions { Services = services, Build = true, NoDependencies = true, ForceRecreate = true });
        while (await run.NextAsync(Answers.None, cancellationToken).ConfigureAwait(false) is { } plan)
            await run.ExecuteAsync(plan, new ExecuteOptions(), sink, cancellationToken).ConfigureAwait(false);
        if (!Report(run.Report!, WatchErrors.RebuildFailed, "Rebuild", services, clock))
            return;
        if (new DependencyOrder([], project).WithRestarted(services).Except(services).ToList() is { Count: > 0 } dependents)
            await RestartAsync(dependents, alone: true).ConfigureAwait(false);
        if (options.Prune)
            await PruneAsync().ConfigureAwait(false);
    }

    /// <summary>Removes the project's images that a rebuild left without a name, unless they are in use.</summary>
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
        _isUnreachable |= report.LostEngine;
        foreach (var failed in report.Failed)
            sink.Emit(new ErrorEvent(error.Info($"{action} of {string.Join(", ", services)}: {failed.Reason}", report)));
        if (report.Succeeded)
        {
            foreach (var service in services)
                Emit(
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
            _isUnreachable |= EngineErrors.IsGone(exception.Info.Id);
            sink.Emit(new ErrorEvent(exception.Info));
            return false;
        }
    }

    private async Task<IReadOnlyList<ComposeContainer>> ContainersAsync(string service) =>
        await session.Containers.ChooseAsync(
            new ReplicaChoice { ProjectName = project.Name, Service = service }, cancellationToken).ConfigureAwait(false);

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

    private void Emit(ComposeWatchEvent done) =>
        sink.Emit(
            new ResultEvent(done with { EngineHost = session.EngineHost, ProjectName = project.Name, Timestamp = session.Now }));
}

/// <summary>How to watch files.</summary>
internal sealed record WatchOptions
{
    /// <summary>Whether to remove images that a rebuild left without a name.</summary>
    public bool Prune { get; init; } = true;

    /// <summary>The directory of lock files, the same as docker compose's; null to take no lock.</summary>
    public string? RuntimeDirectory { get; init; }

    /// <summary>How long nothing must change before a batch ends.</summary>
    public TimeSpan Quiet { get; init; } = FileChanges.QuietPeriod;
}
