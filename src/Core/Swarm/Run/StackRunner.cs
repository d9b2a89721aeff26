using System.Collections.Concurrent;
using Compose.Engine.Api;
using Compose.Engine.Dto;
using Compose.Errors;
using Compose.Events;
using Compose.Execute.Running;
using Compose.Images.Registry;
using Compose.Plan;
using Compose.Swarm.Observe;

namespace Compose.Swarm.Run;

/// <summary>
/// Executes the steps of a stack's plan. Services name their networks, secrets and configs; the ids, which the engine wants,
/// are known only now.
/// </summary>
internal sealed class StackRunner(EngineClient engine, ObservedStack state, RegistryCredentials credentials, IEventSink sink)
    : IStepRunner, IDisposable
{
    private const int MaxTries = 5;
    private readonly StackWatch _watch = new(engine, state.Stack);
    private readonly RemovalRetry _removal = new(sink);
    private readonly ConcurrentDictionary<(string Kind, string Name), string> _created = new();

    /// <summary>Whether something is waited for, so that stopping the wait leaves work to the swarm.</summary>
    public bool IsWaiting { get; private set; }

    public void Dispose() => _watch.Dispose();

    public Task RunAsync(PlanAction action, CancellationToken cancellationToken) => action switch
    {
        CreateStackNetwork create =>
            NotedAsync(("network", create.Network), engine.Swarm.CreateNetworkAsync(create.Request, cancellationToken)),
        CreateSecret create =>
            NotedAsync(("secret", create.Secret), engine.Swarm.CreateSecretAsync(create.Request, cancellationToken)),
        CreateConfig create =>
            NotedAsync(("config", create.Config), engine.Swarm.CreateConfigAsync(create.Request, cancellationToken)),
        CreateService create => CreateAsync(create, cancellationToken),
        UpdateService update => UpdateAsync(update, cancellationToken),
        RollbackService rollback => RollBackAsync(rollback, cancellationToken),
        RemoveService remove =>
            _removal.IfPresentAsync(engine.Swarm.RemoveServiceAsync(remove.ServiceId, cancellationToken)),
        RemoveStackNetwork remove => RemoveAsync(
            () => engine.Swarm.RemoveNetworkAsync(remove.NetworkId, cancellationToken), cancellationToken),
        RemoveSecret remove => UnlessUsedAsync(
            remove.Optional,
            RemoveAsync(() => engine.Swarm.RemoveSecretAsync(remove.SecretId, cancellationToken), cancellationToken)),
        RemoveConfig remove => UnlessUsedAsync(
            remove.Optional,
            RemoveAsync(() => engine.Swarm.RemoveConfigAsync(remove.ConfigId, cancellationToken), cancellationToken)),
        RemoveVolume remove => _removal.RetryAsync(
            () => _removal.IfPresentAsync(engine.Volumes.RemoveAsync(remove.Volume, cancellationToken)),
            EngineErrors.Conflict, cancellationToken),
        WaitForRollout wait => WaitAsync(wait, cancellationToken),
        WaitForRemoval wait => GoneAsync(wait, cancellationToken),
        _ => throw ExecuteErrors.Unexpected.Exception($"There is no way to carry out {action}.", action.Target),
    };

    private async Task NotedAsync((string Kind, string Name) key, Task<IdResponse> creation) =>
        _created[key] = (await creation.ConfigureAwait(false)).Id;

    private async Task CreateAsync(CreateService create, CancellationToken cancellationToken)
    {
        var answer = await engine.Swarm.CreateServiceAsync(Bound(create.Request), Login(create.Request), cancellationToken)
            .ConfigureAwait(false);
        Warn(create.Service, answer);
    }

    private async Task UpdateAsync(UpdateService update, CancellationToken cancellationToken)
    {
        var answer = await engine.Swarm.UpdateServiceAsync(
            update.ServiceId, update.Version, Bound(update.Request), Login(update.Request), rollback: false,
            cancellationToken).ConfigureAwait(false);
        Warn(update.Service, answer);
    }

    /// <summary>
    /// Rolls back. The swarm itself may have written to the service since it was observed; planning again would roll back others
    /// a second time, so only the version is read again.
    /// </summary>
    private async Task RollBackAsync(RollbackService rollback, CancellationToken cancellationToken)
    {
        var (version, spec) = (rollback.Version, rollback.Current);
        for (var left = MaxTries; ; left--)
        {
            try
            {
                await engine.Swarm.UpdateServiceAsync(
                    rollback.ServiceId, version, spec, auth: null, rollback: true, cancellationToken).ConfigureAwait(false);
                return;
            }
            catch (EngineException exception) when (left > 1 && exception.Info.Id == EngineErrors.OutOfSequence.Id)
            {
                sink.Emit(new VerboseEvent(exception.Message));
                var services = await engine.Swarm.ServicesAsync(StackReader.Of(state.Stack), cancellationToken)
                    .ConfigureAwait(false);
                if (services.FirstOrDefault(service => service.Id == rollback.ServiceId) is not { } now)
                    throw;
                (version, spec) = (now.VersionIndex, now.Spec);
            }
        }
    }

    private void Warn(string service, ServiceAnswer answer)
    {
        foreach (var warning in answer.Warnings ?? [])
            sink.Emit(new WarningEvent($"{service}: {warning}"));
    }

    /// <summary>What uses an object may take a moment to go.</summary>
    private Task RemoveAsync(Func<Task> removal, CancellationToken cancellationToken) => _removal.RetryAsync(
        () => _removal.RetryAsync(
            () => _removal.IfPresentAsync(removal()), EngineErrors.UsedByService, cancellationToken),
        EngineErrors.NetworkInUse, cancellationToken);

    /// <summary>Another stack may use what a file declares as external there.</summary>
    private async Task UnlessUsedAsync(bool optional, Task removal)
    {
        try
        {
            await removal.ConfigureAwait(false);
        }
        catch (EngineException exception) when (optional && exception.Info.Id == EngineErrors.UsedByService.Id)
        {
            sink.Emit(new WarningEvent($"It stays, because something else uses it: {exception.Message}"));
        }
    }

    private async Task WaitAsync(WaitForRollout wait, CancellationToken cancellationToken)
    {
        IsWaiting = true;
        await new RolloutWait(engine, _watch, state.Stack, sink).RunAsync(wait, cancellationToken).ConfigureAwait(false);
    }

    private async Task GoneAsync(WaitForRemoval wait, CancellationToken cancellationToken)
    {
        while (true)
        {
            var look = await _watch.NextAsync(cancellationToken).ConfigureAwait(false);
            var left = look.Tasks.Count(task => wait.ServiceIds.Contains(task.ServiceId ?? ""));
            if (left == 0)
                return;
            sink.Emit(ProgressEvent.Running(
                ProgressKind.Wait, wait.Target, "RemovalRetry", left == 1 ? "1 task is ending" : $"{left} tasks are ending"));
        }
    }

    /// <summary>The login of -RegistryCredential for the image's registry, which the nodes pull with.</summary>
    private RegistryAuth? Login(SwarmServiceSpec spec)
    {
        if (!credentials.HasGiven || spec.TaskTemplate.ContainerSpec.Image is not { } image)
            return null;
        var registry = ImageReference.Parse(image).Registry;
        return credentials.Given(registry) is { } login
            ? new RegistryAuth(login.User, login.Secret, DockerLogins.Key(registry))
            : null;
    }

    private SwarmServiceSpec Bound(SwarmServiceSpec spec)
    {
        var task = spec.TaskTemplate;
        var container = task.ContainerSpec;
        return spec with
        {
            TaskTemplate = task with
            {
                Networks = task.Networks?.Select(network =>
                    network with { Target = network.Name is { } name ? NetworkId(name) : network.Target }).ToList(),
                ContainerSpec = container with
                {
                    Secrets = container.Secrets?.Select(secret =>
                        secret with { SecretID = SecretId(secret.SecretName) ?? secret.SecretID }).ToList(),
                    Configs = container.Configs?.Select(config =>
                        config with { ConfigID = ConfigId(config.ConfigName) ?? config.ConfigID }).ToList(),
                },
            },
        };
    }

    /// <summary>The id of a network, or its name for one that every engine has, such as host.</summary>
    private string NetworkId(string name) =>
        _created.TryGetValue(("network", name), out var id)
            ? id
            : state.Networks.Where(network => network.Spec.Name == name)
                .OrderByDescending(network => network.Spec.Scope == "swarm").FirstOrDefault()?.Id ?? name;

    private string? SecretId(string? name) =>
        name is null ? null
        : _created.TryGetValue(("secret", name), out var id) ? id
        : state.Secrets.FirstOrDefault(secret => secret.Spec.Name == name)?.Id;

    private string? ConfigId(string? name) =>
        name is null ? null
        : _created.TryGetValue(("config", name), out var id) ? id
        : state.Configs.FirstOrDefault(config => config.Spec.Name == name)?.Id;
}
