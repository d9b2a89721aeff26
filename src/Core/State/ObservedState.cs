using System.Runtime.InteropServices;
using Compose.State.Choosing;

namespace Compose.State;

/// <summary>
/// A snapshot of a project on the engine, from a constant number of list requests. It has no elapsed times, so that snapshots
/// can be compared. Planners compare it with the project's files.
/// </summary>
internal sealed record ObservedState
{
    private readonly ContainerIndex _index = new([]);

    public required string EngineHost { get; init; }
    public required string ProjectName { get; init; }

    /// <summary>The minor number of the negotiated API version: 41 for 1.41. Planners test features by it.</summary>
    public required int ApiMinor { get; init; }

    /// <summary>The operating system of the engine's containers: linux or windows.</summary>
    public string OSType { get; init; } = "linux";

    /// <summary>The platforms that an image may have if the service has no <c>platform</c>, the preferred one first.</summary>
    public IReadOnlyList<string> OwnPlatforms { get; init; } = ImagePlatform.Own("linux", Architecture.X64);

    /// <summary>Whether the engine is Podman.</summary>
    public bool IsPodman { get; init; }

    /// <summary>The project's containers, with one-offs, hook containers and volume keepers.</summary>
    public IReadOnlyList<ObservedContainer> Containers
    {
        get => _index.All;
        init => _index = new ContainerIndex(value);
    }

    /// <summary>
    /// Containers in the state <c>removing</c>. After a failed removal one stays so, with its name, until it is removed again.
    /// </summary>
    public IReadOnlyList<ObservedContainer> Removing { get; init; } = [];

    /// <summary>All networks of the engine, because names must be unique across projects.</summary>
    public IReadOnlyList<ObservedNetwork> Networks { get; init; } = [];

    /// <summary>All volumes of the engine.</summary>
    public IReadOnlyList<ObservedVolume> Volumes { get; init; } = [];
    public IReadOnlyList<ObservedImage> Images { get; init; } = [];

    /// <summary>
    /// The inspect responses, by id, of containers whose config hash matches no release. The comparer needs them to find changes.
    /// </summary>
    public IReadOnlyDictionary<string, Engine.Dto.ContainerInspect> Inspected {
        get; init;} = new Dictionary<string, Engine.Dto.ContainerInspect>();

    /// <summary>The inspect responses of images, by the reference that was inspected.</summary>
    public IReadOnlyDictionary<string, Engine.Dto.ImageInspect> InspectedImages {
        get; init;} = new Dictionary<string, Engine.Dto.ImageInspect>();

    /// <summary>The replicas of a service, lowest number first.</summary>
    public IReadOnlyList<ObservedContainer> Replicas(string service) => _index.Replicas(service);

    /// <summary>
    /// The containers that an interrupted up left to keep a service's anonymous volumes, lowest replica number first.
    /// </summary>
    public IReadOnlyList<ObservedContainer> Keepers(string service) => _index.Keepers(service);

    /// <summary>The containers with a name: at most one, except while the engine creates or removes one.</summary>
    public IEnumerable<ObservedContainer> Named(string name) => _index.Named(name);

    public ObservedImage? Image(string reference)
    {
        var name = IsPodman ? ImageName.Exact(reference) : ImageName.Familiar(reference);
        return Images.FirstOrDefault(image => image.Names.Contains(name))
            ?? Images.FirstOrDefault(image =>
                image.Id == reference
                    || (reference.Length >= 12 && image.Id.StartsWith("sha256:" + reference, StringComparison.Ordinal)));
    }
}

/// <summary>A container of the project.</summary>
internal sealed record ObservedContainer
{
    public required string Id { get; init; }
    public required string Name { get; init; }
    public required string Service { get; init; }

    /// <summary>The replica's number; 0 without the label.</summary>
    public int Number { get; init; }
    public bool OneOff { get; init; }
    public bool Hook { get; init; }

    /// <summary>Whether the container only keeps the anonymous volumes of a replica that is being recreated.</summary>
    public bool Keeper { get; init; }

    /// <summary>created, running, paused, restarting, removing, exited or dead.</summary>
    public string State { get; init; } = "";

    /// <summary>starting, healthy, unhealthy, or empty without a healthcheck.</summary>
    public string Health { get; init; } = "";

    /// <summary>The exit code of a container that ended; null otherwise.</summary>
    public int? ExitCode { get; init; }
    public string Image { get; init; } = "";
    public string ImageId { get; init; } = "";

    /// <summary>The digest of its platform's image manifest; empty if the engine does not return it.</summary>
    public string ImageManifest { get; init; } = "";
    public string NetworkMode { get; init; } = "";
    public DateTime Created { get; init; }
    public IReadOnlyDictionary<string, string> Labels { get; init; } = new Dictionary<string, string>();

    /// <summary>The ids of the container's networks, by name.</summary>
    public IReadOnlyDictionary<string, string> Networks { get; init; } = new Dictionary<string, string>();
    public IReadOnlyList<ObservedMount> Mounts { get; init; } = [];
    public IReadOnlyList<PublishedPort> Ports { get; init; } = [];

    public bool IsReplica => !OneOff && !Hook && !Keeper;
    public bool IsRunning => State is "running" or "restarting";

    /// <summary>Whether the container has a process: it is running, restarting or paused.</summary>
    public bool IsUp => IsRunning || State == "paused";
    public string? Label(string name) => Labels.TryGetValue(name, out var value) ? value : null;
}

/// <summary>A container's mount, from the container list.</summary>
internal sealed record ObservedMount(string Type, string? Name, string? Source, string Destination);

/// <summary>A network of the engine.</summary>
internal sealed record ObservedNetwork(string Id, string Name, IReadOnlyDictionary<string, string> Labels, string? Driver)
{
    /// <summary>The engine's full record, for comparison with the network's definition.</summary>
    public Engine.Dto.NetworkResource? Resource { get; init; }

    public string? Label(string name) => Labels.TryGetValue(name, out var value) ? value : null;
}

/// <summary>A volume of the engine.</summary>
internal sealed record ObservedVolume(string Name, IReadOnlyDictionary<string, string> Labels)
{
    /// <summary>The engine's full record, for comparison with the volume's definition.</summary>
    public Engine.Dto.VolumeResource? Resource { get; init; }

    /// <summary>The names of other projects' containers that use the volume. Filled in only for volumes that changed.</summary>
    public IReadOnlyList<string> OtherUsers { get; init; } = [];

    public string? Label(string name) => Labels.TryGetValue(name, out var value) ? value : null;
}

/// <summary>An image of the engine with all its names.</summary>
internal sealed record ObservedImage(string Id, IReadOnlyCollection<string> Names, IReadOnlyDictionary<string, string> Labels)
{
    /// <summary>The image's manifests, one for each platform on the engine; empty if the engine does not return them.</summary>
    public IReadOnlyList<ObservedManifest> Manifests { get; init; } = [];
}

/// <summary>The manifest of an image for one platform.</summary>
/// <param name="Digest">The manifest's digest.</param>
/// <param name="Platform">os/architecture[/variant]; null if the engine does not return it.</param>
internal sealed record ObservedManifest(string Digest, string? Platform);
