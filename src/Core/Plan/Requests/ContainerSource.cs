using Compose.Model;
using Compose.Plan.Input;

namespace Compose.Plan.Requests;

/// <summary>
/// A service and all else that a new container of it is created from. <see cref="RequestBinder"/> makes the request once the
/// containers it refers to have ids.
/// </summary>
internal sealed record ContainerSource : ContainerBlueprint
{
    public required ComposeProject Project { get; init; }
    public required ServiceDefinition Service { get; init; }
    public required int Number { get; init; }

    /// <summary>The container's name once the plan is done; while it replaces another it has a temporary one.</summary>
    public required string FinalName { get; init; }
    public required string Image { get; init; }

    /// <summary>The value of the image label; null if the image does not exist yet.</summary>
    public string? ImageId { get; init; }
    public required int ApiMinor { get; init; }

    /// <summary>The value of the label of mounted images; null if there are none.</summary>
    public string? ImageMounts { get; init; }
    public required ConfigHashes Hashes { get; init; }

    /// <summary>Anonymous volumes inherited from an earlier container: volume name by target.</summary>
    public IReadOnlyDictionary<string, string> InheritedVolumes { get; init; } = new Dictionary<string, string>();

    /// <summary>The containers whose namespaces and volumes it shares, by service.</summary>
    public IReadOnlyDictionary<string, ContainerReference> Parents { get; init; } = new Dictionary<string, ContainerReference>();

    public ComposeRelease Release { get; init; } = new(State.ComposeLabels.CompatibleVersion);

    /// <summary>Variables from docker's configuration; the service's own win.</summary>
    public IReadOnlyDictionary<string, string> Proxies { get; init; } = new Dictionary<string, string>();

    /// <summary>Links in the engine's form: <c>container:alias</c>.</summary>
    public IReadOnlyList<string> Links { get; init; } = [];

    /// <summary>The value of the label that names the replaced container; null if it replaces none.</summary>
    public string? Replaces { get; init; }

    /// <summary>The settings of a one-off; null for a replica.</summary>
    public OneOff? OneOff { get; init; }

    public override string? Platform => Service.Platform;

    public override IEnumerable<string> Images => [Image, .. Prepare.ImageMountRewrite.Of(Service)];
}

/// <summary>
/// The hashes of a definition by every rule, newest first. A resource with any of them is unchanged. All releases have the same
/// rule for volumes.
/// </summary>
internal sealed record ConfigHashes(
    Func<ServiceDefinition, IReadOnlyList<string>> Service,
    Func<NetworkDefinition, IReadOnlyList<string>> Network,
    Func<VolumeDefinition, IReadOnlyList<string>> Volume);
