using Compose.Engine.Dto;
using Compose.Plan;
using Compose.Plan.Compare;
using Compose.State;

namespace Compose.Swarm.Specs;

/// <summary>What differs between a wanted service and the engine's.</summary>
/// <param name="Changes">The changed fields by the file's attributes, values masked where they may be secret.</param>
/// <param name="ReplacesTasks">Whether the engine replaces tasks for them.</param>
internal sealed record SpecDifference(IReadOnlyList<FieldChange> Changes, bool ReplacesTasks)
{
    public bool IsNone => Changes.Count == 0;

    /// <summary>The change of the number of replicas alone, or null.</summary>
    public FieldChange? Replicas => Changes.FirstOrDefault(change => change.Field is SpecFields.Replicas or SpecComparer.Scale);
}

/// <summary>Compares wanted specs with those of the engine. What the engine fills in is no change.</summary>
internal static class SpecComparer
{
    public const string Scale = "scale";

    /// <summary>An option that the engine gives to each overlay network.</summary>
    private const string VxlanIds = "com.docker.network.driver.overlay.vxlanid_list";

    /// <summary>What is about the service, not about the template of its tasks.</summary>
    private static readonly string[] KeepingTasks = [
        "deploy.labels.", "deploy.replicas", "deploy.update_config.", "deploy.rollback_config.", Scale];

    /// <summary>Fields of which the names or options may mean a secret.</summary>
    private static readonly string[] Maskable = ["labels.", "deploy.labels.", "logging.", "networks.", "volumes.", "sysctls."];

    /// <param name="wanted">The wanted service.</param>
    /// <param name="actual">The service on the engine.</param>
    /// <param name="names">The names of the networks on the engine, by id.</param>
    public static SpecDifference Compare(
        StackService wanted, SwarmService actual, IReadOnlyDictionary<string, string> names)
    {
        var changes = Compare(wanted.Spec, actual.Spec, names)
            .Select(change => change.Field == SpecFields.Replicas && wanted.ReplicasField == Scale
                ? change with { Field = Scale }
                : change)
            .ToList();
        return new SpecDifference(changes, changes.Exists(change => ReplacesTasks(change.Field)));
    }

    public static IReadOnlyList<FieldChange> Compare(
        SwarmServiceSpec wanted, SwarmServiceSpec actual, IReadOnlyDictionary<string, string> names)
    {
        var (now, old) = (SpecFields.Of(wanted, names), SpecFields.Of(WithoutPins(actual, wanted), WithPredefined(names)));
        return
        [
            .. old.Keys.Union(now.Keys).OrderBy(field => field, StringComparer.Ordinal)
                .Select(field => new FieldChange(field, Value(old, field), Value(now, field)))
                .Where(change => change.Old != change.New)
                .Select(Masked),
        ];

        // A network that each node has is in no list, so an id that is not known is that of the one that is wanted.
        IReadOnlyDictionary<string, string> WithPredefined(IReadOnlyDictionary<string, string> known)
        {
            var all = known.ToDictionary(pair => pair.Key, pair => pair.Value);
            var ids = (actual.TaskTemplate.Networks ?? []).Select(network => network.Target ?? "")
                .Where(id => !all.ContainsKey(id));
            var wantedOnes = (wanted.TaskTemplate.Networks ?? []).Where(network => network.Name is null);
            foreach (var (id, network) in ids.ToList().Zip(wantedOnes, (id, network) => (id, network)))
                all[id] = network.Target ?? id;
            return all;
        }
    }

    /// <summary>Whether the engine replaces tasks when a field changes.</summary>
    public static bool ReplacesTasks(string field) =>
        !KeepingTasks.Any(prefix => field.StartsWith(prefix, StringComparison.Ordinal));

    /// <summary>
    /// The spec to send for an update: the wanted one, with what is kept of the service's: ForceUpdate, and the digest and
    /// platforms of an image that is the same.
    /// </summary>
    public static SwarmServiceSpec Onto(SwarmServiceSpec wanted, SwarmServiceSpec actual)
    {
        var (task, container) = (wanted.TaskTemplate, wanted.TaskTemplate.ContainerSpec);
        var pinned = actual.TaskTemplate.ContainerSpec.Image;
        var isSame = ImageNames.Unpinned(pinned) == container.Image && ImageNames.IsPinned(pinned);
        return wanted with
        {
            TaskTemplate = task with
            {
                ForceUpdate = actual.TaskTemplate.ForceUpdate,
                ContainerSpec = isSame ? container with { Image = pinned } : container,
                Placement = isSame && task.Placement?.Platforms is null
                    && actual.TaskTemplate.Placement?.Platforms is { } platforms
                    ? (task.Placement ?? new SwarmPlacement()) with { Platforms = platforms }
                    : task.Placement,
            },
        };
    }

    /// <summary>The fields in which a network differs; it can only be replaced.</summary>
    public static IReadOnlyList<FieldChange> Compare(SwarmNetworkSpec wanted, SwarmNetworkSpec actual) =>
        ResourceComparer.Compare(
            Resource(actual) with
            {
                // What the file does not say, the engine chooses.
                EnableIPv4 = null,
                Options = actual.Options?.Where(pair => pair.Key != VxlanIds || wanted.Options?.ContainsKey(VxlanIds) == true)
                    .ToDictionary(pair => pair.Key, pair => pair.Value),
            },
            Resource(wanted));

    /// <summary>The changed labels of a secret or config; its content never changes, as it is in the name.</summary>
    public static IReadOnlyList<FieldChange> Labels(
        IReadOnlyDictionary<string, string>? wanted, IReadOnlyDictionary<string, string>? actual) =>
        [.. PairChanges.Of("labels", Own(actual), Own(wanted))];

    private static NetworkResource Resource(SwarmNetworkSpec spec) => new()
    {
        Name = spec.Name,
        Driver = spec.Driver,
        Internal = spec.Internal,
        Attachable = spec.Attachable,
        EnableIPv6 = spec.EnableIPv6,
        IPAM = spec.IPAM,
        Options = spec.Options,
        Labels = Own(spec.Labels),
    };

    /// <summary>
    /// Without what a client that asks the registry fills in, unless the file has it: the digest, and with it the platforms.
    /// </summary>
    private static SwarmServiceSpec WithoutPins(SwarmServiceSpec actual, SwarmServiceSpec wanted)
    {
        var (task, container) = (actual.TaskTemplate, actual.TaskTemplate.ContainerSpec);
        var hasDigest = wanted.TaskTemplate.ContainerSpec.Image?.IndexOf('@') >= 0;
        return actual with
        {
            TaskTemplate = task with
            {
                ContainerSpec = hasDigest ? container : container with { Image = ImageNames.Unpinned(container.Image) },
                Placement = wanted.TaskTemplate.Placement?.Platforms is null && task.Placement is { } placement
                    && ImageNames.IsPinned(container.Image)
                    ? placement with { Platforms = null }
                    : task.Placement,
            },
        };
    }

    /// <summary>Variables may be secret, so their values are never shown.</summary>
    private static FieldChange Masked(FieldChange change) =>
        change.Field.StartsWith("environment.", StringComparison.Ordinal)
            ? new FieldChange(change.Field, PairChanges.Mask(change.Old), PairChanges.Mask(change.New))
        : Maskable.Any(prefix => change.Field.StartsWith(prefix, StringComparison.Ordinal)) ? PairChanges.Masked(change)
        : change;

    private static Dictionary<string, string> Own(IReadOnlyDictionary<string, string>? labels) =>
        (labels ?? new Dictionary<string, string>()).Where(pair => !StackLabels.IsOfTool(pair.Key))
            .ToDictionary(pair => pair.Key, pair => pair.Value);

    private static string? Value(IReadOnlyDictionary<string, string> fields, string name) =>
        fields.TryGetValue(name, out var value) ? value : null;
}
