using System.Collections.Concurrent;
using Compose.Engine.Api;
using Compose.Engine.Own;
using Compose.Errors;
using Compose.Events;
using Compose.Execute.Session;
using Compose.Execute.Waiting;
using Compose.Images.Build;
using Compose.Images.Registry;
using Compose.Plan;
using Compose.Plan.Replicas;
using Compose.Plan.Requests;
using Compose.Streams.Exec;

namespace Compose.Execute.Running;

/// <summary>Executes one step: one or a few engine requests, no decisions.</summary>
internal sealed class ActionRunner : IDisposable
{
    private readonly EngineClient _engine;
    private readonly ConcurrentDictionary<int, string> _created = new();
    private readonly SemaphoreSlim _portStarts = new(1);
    private readonly ContainerEvents _watch;
    private readonly FreshStarts _starts = new();
    private readonly IEventSink _sink;
    private readonly RegistryCredentials? _credentials;
    private readonly Func<string, CancellationToken, Task>? _beforeOneOff;
    private readonly RemovalRetry _removal;
    private readonly Func<HookSource, CommandOutput?>? _hookOutput;
    private readonly bool _waits;
    private readonly string _project;

    public ActionRunner(EngineClient engine, ComposePlan plan, ExecuteOptions options, IEventSink sink)
    {
        (_engine, _sink, _credentials, _project) = (engine, sink, options.Credentials, plan.ProjectName);
        (_beforeOneOff, _hookOutput) = (options.BeforeOneOff, options.HookOutput);
        _waits = plan.Actions.Any(action => action is WaitForService);
        _watch = new ContainerEvents(engine, plan.ProjectName);
        _removal = new RemovalRetry(sink);
    }

    public void Dispose()
    {
        _watch.Dispose();
        _portStarts.Dispose();
    }

    public Task RunAsync(PlanAction action, CancellationToken cancellationToken) => action switch
    {
        PullImage pull => ImagePuller.PullAsync(_engine, pull.Image, pull.Platform, _credentials, _sink, cancellationToken),
        BuildImage build => ImageBuilder.BuildAsync(_engine, Request(build), _credentials, _sink, cancellationToken),
        PushImage push => ImagePusher.PushAsync(_engine, push.Image, _credentials, _sink, cancellationToken),
        RemoveImage remove => _removal.IfPresentAsync(_engine.Images.RemoveAsync(remove.Image, force: false, cancellationToken)),
        CreateNetwork create => NetworkCreation.RunAsync(_engine, create.Request, _sink, cancellationToken),
        RemoveNetwork remove => NetworkRemoval.RunAsync(_engine, remove, _removal, _sink, cancellationToken),
        ConnectNetwork connect =>
            _engine.Networks.ConnectAsync(connect.Network, Id(connect.Reference), connect.Endpoint, cancellationToken),
        DisconnectNetwork disconnect =>
            _removal.IfPresentAsync(
                _engine.Networks.DisconnectAsync(disconnect.NetworkId, Id(disconnect.Reference), cancellationToken)),
        CreateVolume create => CreateVolumeAsync(create, cancellationToken),
        RemoveVolume remove => _removal.IfPresentAsync(_engine.Volumes.RemoveAsync(remove.Volume, cancellationToken)),
        CreateContainer create => CreateAsync(create, cancellationToken),
        StartContainer start => StartNotedAsync(start, cancellationToken),
        StopContainer stop => StopAsync(stop, cancellationToken),
        RestartContainer restart => RestartAsync(restart, cancellationToken),
        PauseContainer pause => _engine.Containers.PauseAsync(Id(pause.Reference), cancellationToken),
        UnpauseContainer unpause => _engine.Containers.UnpauseAsync(Id(unpause.Reference), cancellationToken),
        KillContainer kill => _engine.Containers.KillAsync(Id(kill.Reference), kill.Signal, cancellationToken),
        RemoveContainer remove => RemoveAsync(remove, cancellationToken),
        RenameContainer rename => RenameAsync(Id(rename.Reference), rename.NewName, cancellationToken),
        WaitForService wait =>
            new ServiceWait(_engine, _watch, _starts, _sink)
                .RunAsync(
                    wait,
                    [.. wait.Containers.Select(container => (Id(container), TemporaryContainers.FinalName(container.Name)))],
                    cancellationToken),
        RunHook hook => HookRun.RunAsync(_engine, hook, Id(hook.Reference), OutputOf(hook), cancellationToken),
        RunHookContainer hook => RunHookAsync(hook, cancellationToken),
        _ => throw ExecuteErrors.Unexpected.Exception($"There is no way to carry out {action}.", action.Target),
    };

    /// <summary>The build request of a build step.</summary>
    public static BuildRequest Request(BuildImage build) => new()
    {
        Project = build.Project,
        Service = build.Definition,
        Image = build.Image,
        NoCache = build.Options.NoCache,
        Pull = build.Options.Pull,
        Push = build.Options.Push,
        Proxies = build.Proxies,
        Arguments = build.Options.Arguments,
        Memory = build.Options.Memory,
        Builder = build.Options.Builder,
    };

    private Task RunHookAsync(RunHookContainer hook, CancellationToken cancellationToken)
    {
        var results = new BindingResults(_created);
        return HookContainerRun.RunAsync(_engine, hook, results, OutputOf(hook), _sink, cancellationToken);
    }

    private CommandOutput? OutputOf(RunHook hook) =>
        _hookOutput?.Invoke(new HookSource(hook.Service, hook.Container, hook.Replica, hook.Hook));

    /// <summary>The output of a hook that runs in its own container is shown under its replica's final name.</summary>
    private CommandOutput? OutputOf(RunHookContainer hook)
    {
        var container = TemporaryContainers.FinalName(hook.Reference.Name);
        return _hookOutput?.Invoke(new HookSource(hook.Service, container, hook.Source.Number, hook.Hook));
    }

    /// <summary>Creating a container would create a missing volume without labels and driver.</summary>
    private async Task CreateVolumeAsync(CreateVolume create, CancellationToken cancellationToken)
    {
        var created = await _engine.Volumes.CreateAsync(create.Request, cancellationToken).ConfigureAwait(false);
        if (created.Name != create.Request.Name)
            throw ExecuteErrors.WithoutEffect.Exception(
                $"The engine said that it created volume {create.Request.Name}, and does not know it.", create.Target);
    }

    private async Task CreateAsync(CreateContainer create, CancellationToken cancellationToken)
    {
        if (create.HeldName is { } held)
        {
            throw ExecuteErrors.NameHeldByOrphan.Exception(
                $"Service '{create.Service}' cannot have the container name '{held.Name}': "
                    + $"{held.Holder} has it, and -RemoveOrphan removes it.",
                create.Service);
        }

        var request = RequestBinder.Bind(create.Blueprint, new BindingResults(_created));
        var creation = _engine.Containers.CreateAsync(create.Container, create.Blueprint.Platform, request, cancellationToken);
        var created = await NameConflict.ExplainAsync(_engine, _project, create.Container, creation, cancellationToken)
            .ConfigureAwait(false);
        foreach (var warning in created.Warnings ?? [])
            _sink.Emit(new WarningEvent($"{create.Container}: {warning}"));
        try
        {
            foreach (var (network, endpoint) in RequestBinder.Later(create.Blueprint))
                await _engine.Networks.ConnectAsync(network, created.Id, endpoint, cancellationToken).ConfigureAwait(false);
        }
        catch (ComposeException)
        {
            await _engine.Containers.RemoveAsync(created.Id, volumes: true, CancellationToken.None).ConfigureAwait(false);
            throw;
        }

        _created[create.Id] = created.Id;
    }

    private async Task StartNotedAsync(StartContainer start, CancellationToken cancellationToken)
    {
        await StartAsync(start, cancellationToken).ConfigureAwait(false);
        if (!start.Paused)
            _starts.Add(Id(start.Reference));
    }

    private async Task StartAsync(StartContainer start, CancellationToken cancellationToken)
    {
        var id = Id(start.Reference);
        if (_waits)
            _watch.Open();
        if (start.Paused)
        {
            await _engine.Containers.UnpauseAsync(id, cancellationToken).ConfigureAwait(false);
            return;
        }

        if (start.Files.Count > 0)
            await _engine.Containers.PutArchiveAsync(
                id, "/", await SecretArchive.WriteAsync(start.Files, _credentials, cancellationToken).ConfigureAwait(false),
                cancellationToken).ConfigureAwait(false);
        if (start.OneOff && _beforeOneOff is not null)
            await _beforeOneOff(id, cancellationToken).ConfigureAwait(false);
        if (start.PortPicking == PortPicking.Unknown && await StartsAsync(id, cancellationToken).ConfigureAwait(false))
            return;
        if (start.PortPicking == PortPicking.None)
        {
            await PortConflict.ExplainAsync(_engine, _engine.Containers.StartAsync(id, cancellationToken), cancellationToken)
                .ConfigureAwait(false);
            return;
        }

        await _portStarts.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            await PortConflict.ExplainAsync(_engine, _engine.Containers.StartAsync(id, cancellationToken), cancellationToken)
                .ConfigureAwait(false);
        }
        finally
        {
            _portStarts.Release();
        }
    }

    /// <summary>
    /// Starts a container; false if a port is in use, because another container may have picked it from a range at the same time.
    /// </summary>
    private async Task<bool> StartsAsync(string id, CancellationToken cancellationToken)
    {
        try
        {
            await _engine.Containers.StartAsync(id, cancellationToken).ConfigureAwait(false);
            return true;
        }
        catch (EngineException exception) when (exception.Info.Id == EngineErrors.PortInUse.Id)
        {
            return false;
        }
    }

    private async Task StopAsync(StopContainer stop, CancellationToken cancellationToken)
    {
        var id = Id(stop.Reference);
        if (stop.Paused)
            await _removal.IfPresentAsync(_engine.Containers.UnpauseAsync(id, cancellationToken)).ConfigureAwait(false);
        await _removal.IfPresentAsync(_engine.Containers.StopAsync(id, stop.Timeout, cancellationToken)).ConfigureAwait(false);
    }

    private async Task RestartAsync(RestartContainer restart, CancellationToken cancellationToken)
    {
        var id = Id(restart.Reference);
        if (_waits)
            _watch.Open();
        if (restart.Paused)
            await _engine.Containers.UnpauseAsync(id, cancellationToken).ConfigureAwait(false);
        await PortConflict.ExplainAsync(
            _engine, _engine.Containers.RestartAsync(id, restart.Timeout, cancellationToken),
            cancellationToken).ConfigureAwait(false);
        _starts.Add(id);
    }

    private async Task RemoveAsync(RemoveContainer remove, CancellationToken cancellationToken)
    {
        await RemoveAsync(Id(remove.Reference), remove.Volumes, cancellationToken).ConfigureAwait(false);
        foreach (var volume in remove.TakenOver)
            await _removal.IfPresentAsync(_engine.Volumes.RemoveAsync(volume, cancellationToken), orInUse: true)
                .ConfigureAwait(false);
    }

    /// <summary>The rename of an interrupted run may have been completed after the project was observed.</summary>
    private async Task RenameAsync(string id, string name, CancellationToken cancellationToken)
    {
        try
        {
            await _engine.Containers.RenameAsync(id, name, cancellationToken).ConfigureAwait(false);
        }
        catch (EngineException exception) when (exception.Info.Id == EngineErrors.HasThatName.Id)
        {
            _sink.Emit(new VerboseEvent(exception.Message));
        }
    }

    /// <summary>A file that the engine is still writing can leave a container half removed: removing it again helps.</summary>
    private Task RemoveAsync(string id, bool volumes, CancellationToken cancellationToken) =>
        _removal.RetryAsync(
            () => _removal.IfPresentAsync(_engine.Containers.RemoveAsync(id, volumes, cancellationToken)),
            EngineErrors.RemovalUnfinished, cancellationToken);

    /// <summary>The id of a container in the plan, after the step that creates it.</summary>
    public string Id(ContainerReference reference) => new BindingResults(_created).Id(reference);
}
