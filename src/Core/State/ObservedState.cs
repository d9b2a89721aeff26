using System.Runtime.InteropServices;
using Compose.State.Choosing;

namespace Compose.State;

/// <summary>
/// What the engine has of one project, as one look at it found. Elapsed time is left out, so that two looks compare.
/// </summary>
internal sealed record ObservedState
{
    private readonly ContainerIndex _index = new([]);

    public required string EngineHost { get; init; }
    public required string ProjectName { get; init; }

    /// <summary>The minor number of the agreed API version: 41 for 1.41.</summary>
    public required int ApiMinor { get; init; }

    /// <summary>Of which system the engine's containers are: linux or windows.</summary>
    public string OSType { get; init; } = "linux";

    /// <summary>The platforms an image is taken for where none is asked for, the better one first.</summary>
    public IReadOnlyList<string> OwnPlatforms { get; init; } = ImagePlatform.Own("linux", Architecture.X64);

    /// <summary>Whether the engine is Podman.</summary>
    public bool IsPodman { get; init; }

    /// <summary>The project's containers, one-offs and hooks included.</summary>
    public IReadOnlyList<ObservedContainer> Containers
    {
        get => _index.All;
        init => _index = new ContainerIndex(value);
    }

    /// <summary>
    /// Containers on their way out. A removal that failed leaves one such, and its name taken, until it is removed again.
    /// </summary>
    public IReadOnlyList<ObservedContainer> Removing { get; init; } = [];

    /// <summary>Every network of the engine: names clash across projects.</summary>
    public IReadOnlyList<ObservedNetwork> Networks { get; init; } = [];

    /// <summary>Every volume of the engine.</summary>
    public IReadOnlyList<ObservedVolume> Volumes { get; init; } = [];
    public IReadOnlyList<ObservedImage> Images { get; init; } = [];

    /// <summary>What inspect told of containers whose hash matches no known rule, by id.</summary>
    public IReadOnlyDictionary<string, Engine.Dto.ContainerInspect> Inspected {
        get; init;} = new Dictionary<string, Engine.Dto.ContainerInspect>();

    /// <summary>What inspect told of images, by the reference asked for.</summary>
    public IReadOnlyDictionary<string, Engine.Dto.ImageInspect> InspectedImages {
        get; init;} = new Dictionary<string, Engine.Dto.ImageInspect>();

    /// <summary>The replicas of a service, lowest number first.</summary>
    public IReadOnlyList<ObservedContainer> Replicas(string service) => _index.Replicas(service);

    /// <summary>
    /// What an interrupted run left of a service's replicas: containers that hold their anonymous volumes, lowest number first.
    /// </summary>
    public IReadOnlyList<ObservedContainer> Keepers(string service) => _index.Keepers(service);

    /// <summary>The containers of a name: at most one, unless the engine is at work on it.</summary>
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

    /// <summary>The replica's number; 0 where the label is absent.</summary>
    public int Number { get; init; }
    public bool OneOff { get; init; }
    public bool Hook { get; init; }

    /// <summary>Whether it only holds the anonymous volumes of a replica that is made anew.</summary>
    public bool Keeper { get; init; }

    /// <summary>created, running, paused, restarting, removing, exited or dead.</summary>
    public string State { get; init; } = "";

    /// <summary>starting, healthy, unhealthy, or empty without a healthcheck.</summary>
    public string Health { get; init; } = "";

    /// <summary>How an exited container ended; null while it runs.</summary>
    public int? ExitCode { get; init; }
    public string Image { get; init; } = "";
    public string ImageId { get; init; } = "";

    /// <summary>The digest of the platform's manifest it runs; empty where the engine does not say.</summary>
    public string ImageManifest { get; init; } = "";
    public string NetworkMode { get; init; } = "";
    public DateTime Created { get; init; }
    public IReadOnlyDictionary<string, string> Labels { get; init; } = new Dictionary<string, string>();

    /// <summary>Network name to network id.</summary>
    public IReadOnlyDictionary<string, string> Networks { get; init; } = new Dictionary<string, string>();
    public IReadOnlyList<ObservedMount> Mounts { get; init; } = [];
    public IReadOnlyList<PublishedPort> Ports { get; init; } = [];

    public bool IsReplica => !OneOff && !Hook && !Keeper;
    public bool IsRunning => State is "running" or "restarting";

    /// <summary>Whether it runs or is paused: it has a process that a stop ends.</summary>
    public bool IsUp => IsRunning || State == "paused";
    public string? Label(string name) => Labels.TryGetValue(name, out var value) ? value : null;
}

/// <summary>A mount as the list tells it.</summary>
internal sealed record ObservedMount(string Type, string? Name, string? Source, string Destination);

/// <summary>A network of the engine.</summary>
internal sealed record ObservedNetwork(string Id, string Name, IReadOnlyDictionary<string, string> Labels, string? Driver)
{
    /// <summary>All the engine tells of it.</summary>
    public Engine.Dto.NetworkResource? Resource { get; init; }

    public string? Label(string name) => Labels.TryGetValue(name, out var value) ? value : null;
}

/// <summary>A volume of the engine.</summary>
internal sealed record ObservedVolume(string Name, IReadOnlyDictionary<string, string> Labels)
{
    /// <summary>All the engine tells of it.</summary>
    public Engine.Dto.VolumeResource? Resource { get; init; }

    /// <summary>The names of containers that are not the project's and use it; known of volumes that changed.</summary>
    public IReadOnlyList<string> Strangers { get; init; } = [];

    public string? Label(string name) => Labels.TryGetValue(name, out var value) ? value : null;
}

/// <summary>An image of the engine with the names it goes by.</summary>
internal sealed record ObservedImage(string Id, IReadOnlyCollection<string> Names, IReadOnlyDictionary<string, string> Labels)
{
    /// <summary>What of it is there for each platform; empty where the engine does not say.</summary>
    public IReadOnlyList<ObservedManifest> Manifests { get; init; } = [];
}

/// <summary>One platform of an image.</summary>
/// <param name="Digest">Of its manifest.</param>
/// <param name="Platform">os/architecture[/variant]; null where the engine does not say.</param>
internal sealed record ObservedManifest(string Digest, string? Platform);
