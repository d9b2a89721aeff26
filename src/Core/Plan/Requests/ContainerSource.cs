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

    /// <summary>The image's id for the image label; null while the image is not there.</summary>
    public string? ImageId { get; init; }
    public required int ApiMinor { get; init; }

    /// <summary>The images it mounts, as its label tells them; null without any.</summary>
    public string? ImageMounts { get; init; }
    public required ConfigHashes Hashes { get; init; }

    /// <summary>Anonymous volumes to carry over: target and volume name.</summary>
    public IReadOnlyDictionary<string, string> InheritedVolumes { get; init; } = new Dictionary<string, string>();

    /// <summary>The containers its namespaces and volumes come from, by service.</summary>
    public IReadOnlyDictionary<string, ContainerReference> Parents { get; init; } = new Dictionary<string, ContainerReference>();

    public ComposeRelease Release { get; init; } = new(State.ComposeLabels.CompatibleVersion);

    /// <summary>Variables under the service's own.</summary>
    public IReadOnlyDictionary<string, string> Proxies { get; init; } = new Dictionary<string, string>();

    /// <summary>Links as the engine takes them: <c>container:alias</c>.</summary>
    public IReadOnlyList<string> Links { get; init; } = [];

    /// <summary>The container it takes the place of.</summary>
    public string? Replaces { get; init; }

    /// <summary>What a one-off has that a replica has not; null for a replica.</summary>
    public OneOff? OneOff { get; init; }

    public override string? Platform => Service.Platform;

    public override IEnumerable<string> Images => [Image, .. Prepare.ImageMounts.Of(Service)];
}

/// <summary>The hashes by every rule, newest first: any of them means unchanged. A volume has one at every release.</summary>
internal sealed record ConfigHashes(
    Func<ServiceDefinition, IReadOnlyList<string>> Service,
    Func<NetworkDefinition, IReadOnlyList<string>> Network,
    Func<VolumeDefinition, IReadOnlyList<string>> Volume);
