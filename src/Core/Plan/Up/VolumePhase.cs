using Compose.Model;
using Compose.Plan.Building;
using Compose.Plan.Replicas;
using Compose.State;

namespace Compose.Plan.Up;

/// <summary>Plans the creation of missing volumes and the recreation of changed ones.</summary>
internal sealed class VolumePhase
{
    private readonly UpScope _scope;
    private readonly PlanBuilder _plan;
    private readonly ContainerTeardown _teardown;
    private readonly UpDecisions _decisions;
    private readonly Dictionary<string, int> _created = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ContainerReference> _holders = new(StringComparer.Ordinal);

    private VolumePhase(UpScope scope, PlanBuilder plan, ContainerTeardown teardown, UpDecisions decisions) =>
        (_scope, _plan, _teardown, _decisions) = (scope, plan, teardown, decisions);

    public static VolumeResult Plan(UpScope scope, PlanBuilder plan, ContainerTeardown teardown, UpDecisions decisions)
    {
        var phase = new VolumePhase(scope, plan, teardown, decisions);
        foreach (var volume in scope.OwnVolumes)
            phase.Plan(volume);
        return new VolumeResult(phase._created, phase._holders);
    }

    private void Plan(VolumeDefinition volume)
    {
        const string Missing = "no such volume";
        var project = _scope.Context.Project.Name;
        var found = VolumePlanner.Find(_scope.Context, volume);
        if (found is null)
            Create(volume, _plan.Operation("Create", TargetOf(volume), Missing), Missing, [], []);
        else if (!VolumePlanner.IsOwn(_scope.Context, found))
            _plan.Warn(
                $"Volume {volume.Name} exists but was not created for project {project}; declare it 'external: "
                    + "true' to use it on purpose.");
        else if (_decisions.RecreatedVolumes.TryGetValue(volume.Key, out var changes))
            Recreate(volume, changes);
    }

    private static string TargetOf(VolumeDefinition volume) => "volume:" + volume.Key;

    private void Create(
        VolumeDefinition volume, int operation, string cause, IReadOnlyList<FieldChange> changes, IReadOnlyList<int> after) =>
        _created[volume.Key] = _plan.Add(
            new CreateVolume
            {
                Target = TargetOf(volume),
                Cause = cause,
                Changes = changes,
                Volume = volume.Name,
                Request = VolumePlanner.Request(_scope.Context, volume),
            },
            operation, PlanBuilder.AfterAll(after));

    private void Recreate(VolumeDefinition volume, IReadOnlyList<FieldChange> changes)
    {
        const string Cause = "its configuration changed";
        var operation = _plan.Operation("Recreate", TargetOf(volume), Cause, "DataLoss");
        var users = VolumePlanner.Users(_scope.Context, volume);
        var removals = users.Select(user => RemoveUser(user, operation, Cause)).ToList();
        var removed = _plan.Add(
            new RemoveVolume { Target = TargetOf(volume), Cause = Cause, Volume = volume.Name, Impact = "DataLoss" }, operation,
            PlanBuilder.AfterAll(removals));
        Create(volume, operation, Cause, changes, [removed]);
    }

    /// <summary>
    /// Removes a container that uses a volume to be recreated: the engine removes no volume that a container has, so the
    /// replacement cannot exist before. Until it does, another container holds the anonymous volumes, so that a run that is cut
    /// off does not lose them.
    /// </summary>
    private int RemoveUser(ObservedContainer user, int operation, string cause)
    {
        if (_teardown.RemovalOf(user) is { } removal)
            return removal;
        var context = _scope.Context;
        var replaced = _decisions.Replicas[user.Service].FirstOrDefault(decision => decision.Removed?.Id == user.Id);
        var renews = context.Options.RenewAnonymousVolumes && replaced is not null;
        var held = replaced is null || renews ? [] : HoldVolumes(user, replaced.Number, operation);
        var stops = _teardown.StopIfUp(user, operation, cause, held);
        var step = Steps.Remove(user, cause, renews) with
        {
            TakenOver = renews ? AnonymousVolumes.LeftBy(context.Project, user) : [],
        };
        return _teardown.Remove(user, step, operation, stops);
    }

    private IReadOnlyList<int> HoldVolumes(ObservedContainer user, int number, int operation)
    {
        var service = _scope.Context.Project.Services[user.Service];
        var volumes = AnonymousVolumes.Of(_scope.Context, service, user);
        if (volumes.Count == 0)
            return [];
        var name = TemporaryContainers.TemporaryName(user, _scope.FinalName(service, number));
        var step = VolumeHolder.Create(service, user, volumes, name);
        var created = _plan.Add(step, operation, PlanBuilder.AfterAll(_teardown.FreeTemporaryName(name, operation)));
        _holders[user.Id] = ContainerReference.Created(created, name);
        return [created];
    }
}

/// <summary>The steps that create volumes, and the containers that hold anonymous volumes meanwhile.</summary>
/// <param name="Created">By the volume's key.</param>
/// <param name="Holders">By the id of the removed container whose anonymous volumes it holds.</param>
internal sealed record VolumeResult(
    IReadOnlyDictionary<string, int> Created, IReadOnlyDictionary<string, ContainerReference> Holders);
