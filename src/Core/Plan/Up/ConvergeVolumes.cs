using Compose.Model;
using Compose.Plan.Building;
using Compose.Plan.Replicas;
using Compose.State;

namespace Compose.Plan.Up;

internal sealed partial class ConvergeRun
{
    /// <summary>Volumes that are made anew, and what of them changed.</summary>
    private readonly Dictionary<string, IReadOnlyList<FieldChange>> _emptied = new(StringComparer.Ordinal);

    /// <summary>Id of a container that makes way for its volume to the one that holds its anonymous volumes meanwhile.</summary>
    private readonly Dictionary<string, ContainerReference> _keepers = new(StringComparer.Ordinal);

    public void Volumes()
    {
        foreach (var volume in UsedVolumes())
        {
            var found = VolumePlanner.Find(context, volume);
            if (found is null)
                _volumes[volume.Key] = Create(
                    volume, plan.Operation("Create", "volume:" + volume.Key, "no such volume"), "no such volume", []);
            else if (!VolumePlanner.IsOwn(context, found))
                plan.Warn(
                    $"Volume {volume.Name} exists but was not created for project {context.Project.Name}; declare it 'external: "
                        + "true' to use it on purpose.");
            else if (_emptied.TryGetValue(volume.Key, out var changes))
                Recreate(volume, changes);
        }
    }

    private IEnumerable<VolumeDefinition> UsedVolumes() =>
        UpPlanner.UsedVolumes(context, services).Where(volume => !volume.External);

    private int Create(
        VolumeDefinition volume, int operation, string cause, IEnumerable<int> after,
        IReadOnlyList<FieldChange>? changes = null) => plan.Add(
        new CreateVolume
        {
            Target = "volume:" + volume.Key,
            Cause = cause,
            Changes = changes ?? [],
            Volume = volume.Name,
            Request = VolumePlanner.Request(context, volume),
        },
        operation, PlanBuilder.AfterAll(after));

    /// <summary>
    /// Whether a volume that changed is made anew: nobody keeps it from that, and the user agrees to the loss of its data.
    /// </summary>
    private bool IsEmptied(VolumeDefinition volume, IReadOnlyList<FieldChange> changes)
    {
        var changed = $"Volume {volume.Name} exists but its configuration changed{Fields(changes)}";
        if (VolumePlanner.Find(context, volume) is { Strangers: { Count: > 0 } strangers })
        {
            plan.Warn(
                $"{changed}; it is kept as it is, for containers that are not of this project use it: "
                    + $"{string.Join(", ", strangers)}.");
            return false;
        }

        if (Users(volume).Find(user => user.OneOff || services.All(service => service.Name != user.Service)) is { } stranger)
        {
            plan.Warn($"{changed}; it is kept as it is, for container {stranger.Name} uses it and would not be created anew.");
            return false;
        }

        if (context.Answers.Agrees(VolumePlanner.Question(volume)))
            return true;
        plan.Ask(VolumePlanner.Question(volume), $"{changed}. Recreate it? Its data will be lost.");
        plan.Warn($"{changed}; it is kept as it is.");
        return false;
    }

    private List<ObservedContainer> Users(VolumeDefinition volume) =>
        [
            .. context.State.Containers.Where(container => container.Mounts.Any(mount => mount.Name == volume.Name))
            .OrderBy(container => container.Name, StringComparer.Ordinal),
        ];

    private void Recreate(VolumeDefinition volume, IReadOnlyList<FieldChange> changes)
    {
        const string Cause = "its configuration changed";
        var target = "volume:" + volume.Key;
        var operation = plan.Operation("Recreate", target, Cause, "DataLoss");
        var gone = Users(volume).Select(user => MakeWay(user, operation, Cause)).ToList();
        var removed = plan.Add(
            new RemoveVolume { Target = target, Cause = Cause, Volume = volume.Name, Impact = "DataLoss" }, operation,
            PlanBuilder.AfterAll(gone));
        _volumes[volume.Key] = Create(volume, operation, Cause, [removed], changes);
    }

    /// <summary>
    /// Removes a container whose volume is made anew. The engine removes no volume that a container has, so its replacement
    /// cannot be there before; another container holds its anonymous volumes meanwhile, so that a run that is cut off loses none.
    /// </summary>
    private int MakeWay(ObservedContainer user, int operation, string cause)
    {
        if (_removed.TryGetValue(user.Id, out var removal))
            return removal;
        var replaced = _decisions[user.Service].FirstOrDefault(decision => decision.Removed?.Id == user.Id);
        var renews = context.Options.RenewAnonymousVolumes && replaced is not null;
        var kept = replaced is null || renews ? [] : KeepVolumes(user, replaced.Number, operation);
        var stop = user.IsUp ? [Stop(user, operation, cause, kept)] : kept;
        return _removed[user.Id] = plan.Add(
            Steps.Remove(user, cause, renews) with { TakenOver = renews ? AnonymousVolumes.LeftBy(context.Project, user) : [] },
            operation, PlanBuilder.AfterAll(stop));
    }

    private IReadOnlyList<int> KeepVolumes(ObservedContainer user, int number, int operation)
    {
        var service = context.Project.Services[user.Service];
        var volumes = AnonymousVolumes.Of(context, service, user);
        if (volumes.Count == 0)
            return [];
        var name = Leftovers.TemporaryName(user, FinalName(service, number));
        var created = plan.Add(
            VolumeKeeper.Create(context, service, user, volumes, name), operation,
            PlanBuilder.AfterAll(Cleared(name, operation)));
        _keepers[user.Id] = ContainerReference.Created(created, name);
        return [created];
    }

    /// <summary>Removes what an interrupted run left under a name that is needed for a moment.</summary>
    private List<int> Cleared(string temporary, int operation)
    {
        var cleared = new List<int>();
        foreach (var leftover in context.State.Named(temporary))
        {
            var stop = leftover.IsUp ? [Stop(leftover, operation, Leftovers.Cause, [])] : Array.Empty<int>();
            cleared.Add(
                _removed[leftover.Id] = plan.Add(
                    Steps.Remove(leftover, Leftovers.Cause, volumes: false), operation, PlanBuilder.AfterAll(stop)));
        }

        return cleared;
    }
}
