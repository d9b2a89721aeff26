using System.Globalization;
using Compose.Engine.Dto;
using Compose.Execute.Running;
using Compose.Files;
using Compose.Model;
using Compose.Model.Config;
using Compose.Model.Loading;
using Compose.Plan;
using Compose.Plan.Building;
using Compose.Plan.Commands;
using Compose.Plan.Input;
using Compose.Plan.Prepare;
using Compose.Plan.Requests;
using Compose.Plan.Up;
using Compose.State;

namespace Compose.Tests.Plan;

/// <summary>A compose file and the contents of an engine, without an engine: containers are as up would create them.</summary>
internal sealed class Situation
{
    /// <summary>The current time in every situation.</summary>
    public static readonly DateTime Now = new(2026, 1, 8, 12, 0, 0, DateTimeKind.Utc);
    public static readonly string ImageId = "sha256:" + new string('1', 64);
    private readonly List<ObservedContainer> _containers = [];
    private readonly List<ObservedNetwork> _networks = [];
    private readonly List<ObservedVolume> _volumes = [];
    private readonly List<ObservedImage> _images = [];
    private readonly Dictionary<string, ImageInspect> _inspected = [];

    public Situation(string yaml, params string[] profiles) => Project = ImageMountRewrite.Rewrite(Load(yaml, profiles));

    public Situation(string yaml, IReadOnlyDictionary<string, string> environment) =>
        Project = BuildPlatforms.Rewrite(Load(yaml) with { Environment = environment });

    public ComposeProject Project { get; }
    public int ApiMinor { get; init; } = 45;
    public string OSType { get; init; } = "linux";
    public bool IsPodman { get; init; }

    public ObservedState State => new()
    {
        EngineHost = "unix:///engine.sock",
        ProjectName = Project.Name,
        ApiMinor = ApiMinor,
        OSType = OSType,
        IsPodman = IsPodman,
        Containers = _containers,
        Networks = _networks,
        Volumes = _volumes,
        Images = _images,
        InspectedImages = _inspected,
    };

    public static ComposeProject Load(string yaml, params string[] profiles)
    {
        var directory = Directory.CreateTempSubdirectory("situation");
        File.WriteAllText(Path.Combine(directory.FullName, "compose.yaml"), yaml);
        var result = ProjectLoader.Load(
            new LoadRequest
            {
                WorkingDirectory = directory.FullName,
                Environment = new Dictionary<string, string>(),
                ProjectName = "demo",
                Profiles = profiles,
            });
        directory.Delete(true);
        Assert.True(result.Project is not null, string.Join("\n", result.Diagnostics));
        return result.Project!;
    }

    public Situation Images(params string[] names)
    {
        foreach (var name in names)
            _images.Add(new ObservedImage(ImageId, [ImageName.Familiar(name)], new Dictionary<string, string>()));
        return this;
    }

    /// <summary>An image of a containerd image store: its id covers all its platforms.</summary>
    public Situation Stored(string name, string id, params (string Digest, string? Platform)[] manifests)
    {
        _images.RemoveAll(image => image.Names.Contains(ImageName.Familiar(name)));
        _images.Add(
            new ObservedImage(id, [ImageName.Familiar(name)], new Dictionary<string, string>())
            {
                Manifests = [.. manifests.Select(manifest => new ObservedManifest(manifest.Digest, manifest.Platform))],
            });
        return this;
    }

    /// <summary>An image that was inspected.</summary>
    public Situation Inspected(string name, string architecture = "amd64", string? tagged = null)
    {
        _inspected[name] = new ImageInspect
        {
            Id = ImageId,
            Os = "linux",
            Architecture = architecture,
            Metadata = new ImageMetadata(tagged),
        };
        return Images(name);
    }

    public Situation Network(
        string key, string? project = "demo", string? hash = null) => Network(Project.Networks[key], project, hash);

    /// <summary>A second network of the same name, which two concurrent runs may create.</summary>
    public Situation Twin(string key)
    {
        Network(key);
        _networks[^1] = _networks[^1] with { Id = "twin-" + _networks[^1].Name };
        return this;
    }

    public Situation Volume(string key, string? project = "demo", string? hash = null)
    {
        var volume = Project.Volumes[key];
        _volumes.Add(new ObservedVolume(volume.Name, Labels(project, hash ?? ConfigHash.Of(volume), ComposeLabels.Volume, key)));
        return this;
    }

    /// <summary>Containers of other projects use the volume.</summary>
    public Situation Lent(string key, params string[] users)
    {
        var index = _volumes.FindIndex(volume => volume.Name == Project.Volumes[key].Name);
        _volumes[index] = _volumes[index] with { OtherUsers = users };
        return this;
    }

    /// <summary>An inspected network that a release created from a file, and that was then changed.</summary>
    public Situation NetworkOf(string key, string version, Func<NetworkResource, NetworkResource>? but = null)
    {
        var context = new PlanContext(Project, State, new UpOptions(), Answers.None, Hashing.Rules);
        var made = NetworkPlanner.Request(context, Project.Networks[key]) with
        {
            IPAM = new Ipam { Driver = "default", Config = [new IpamPool { Subnet = "172.30.0.0/16" }] },
            Driver = "bridge",
        };
        Network(key, hash: "by another rule");
        _networks[^1] = _networks[^1] with
        {
            Labels = With(_networks[^1].Labels, ComposeLabels.Version, version),
            Resource = but is null ? made : but(made),
        };
        return this;
    }

    /// <summary>An inspected volume that a release created from a file, and that was then changed.</summary>
    public Situation VolumeOf(string key, string version, Func<VolumeResource, VolumeResource>? but = null)
    {
        var context = new PlanContext(Project, State, new UpOptions(), Answers.None, Hashing.Rules);
        var request = VolumePlanner.Request(context, Project.Volumes[key]);
        var made = new VolumeResource
        {
            Name = request.Name,
            Driver = request.Driver ?? "local",
            Options = request.DriverOpts,
            Labels = request.Labels,
        };
        Volume(key, hash: "by another rule");
        _volumes[^1] = _volumes[^1] with
        {
            Labels = With(_volumes[^1].Labels, ComposeLabels.Version, version),
            Resource = but is null ? made : but(made),
        };
        return this;
    }

    /// <summary>A replica as up creates it, in the given state.</summary>
    public Situation Container(string service, int number = 1, Func<ObservedContainer, ObservedContainer>? but = null)
    {
        var definition = Project.Services.TryGetValue(service, out var known)
            ? known
            : new ServiceDefinition { Name = service, Image = "busybox", Origin = default };
        var name = definition.ContainerName ?? Targets.ContainerName(Project.Name, service, number);
        var labels = LabelTranslation.Labels(
            new ContainerSource
            {
                Project = Project, Service = definition, Number = number, FinalName = name, Image = definition.Image
                    ?? "", ImageId = ImageId, ApiMinor = ApiMinor, Hashes = Hashing.Rules,
            },
            ServiceReferences.Resolve(
                definition,
                _containers.Where(other => ServiceOrder.Parents(definition).Contains(other.Service))
                    .GroupBy(other => other.Service)
                    .ToDictionary(parent => parent.Key, parent => parent.First().Id)));
        var container = new ObservedContainer
        {
            Id = string.Format(CultureInfo.InvariantCulture, "{0:x12}", 0xabc000 + _containers.Count).PadRight(64, '0'),
            Name = name,
            Service = service,
            Number = number,
            State = "running",
            Image = definition.Image ?? "",
            ImageId = ImageId,
            Labels = labels,
            Networks = definition.Networks.Keys.Where(Project.Networks.ContainsKey)
                .ToDictionary(key => Project.Networks[key].Name, key => "id-" + Project.Networks[key].Name),
            Mounts = [.. definition.Volumes.Where(mount => mount.Type == "volume" && mount.Source is not null)
                .Select(mount => new ObservedMount("volume", Project.Volumes[mount.Source!].Name, null, mount.Target))],
        };
        _containers.Add(but is null ? container : but(container));
        return this;
    }

    /// <summary>A container of a service that is no replica: a one-off, or one that a failed hook left.</summary>
    public Situation Other(
        string service, string name, string state, bool hook = false) => Container(service, 0, other => other with
    {
        Name = name, OneOff = !hook, Hook = hook, State = state, ExitCode = state == "exited" ? 1 : null,
    });

    /// <summary>What an interrupted run left of a replica: a container that holds its anonymous volume.</summary>
    public Situation Keeper(
        string service, int number = 1, string removed = "0123456789ab") => Container(service, number, keeper => keeper with
    {
        Name = $"{removed}_{keeper.Name}", Keeper = true, State = "created", Networks = new Dictionary<string, string>(),
        Labels = With(keeper.Labels, ComposeLabels.ConfigHash, ""), Mounts = [Anonymous],
    });

    /// <summary>An anonymous volume of a replica.</summary>
    public static readonly ObservedMount Anonymous = new("volume", new string('a', 64), null, "/cache");

    /// <summary>Everything in the file, up and running.</summary>
    public Situation Running()
    {
        foreach (var network in Project.Networks.Values)
            Network(network, "demo", null);
        foreach (var key in Project.Volumes.Keys)
            Volume(key);
        foreach (var service in Project.Services.Values)
        {
            if (State.Image(service.Image ?? "demo-" + service.Name) is null)
                Images(service.Image ?? "demo-" + service.Name);
            for (var number = 1; number <= service.Replicas; number++)
                Container(service.Name, number);
        }

        return this;
    }

    /// <summary>Changes every container.</summary>
    public Situation Changed(Func<ObservedContainer, ObservedContainer> change)
    {
        for (var index = 0; index < _containers.Count; index++)
            _containers[index] = change(_containers[index]);
        return this;
    }

    /// <summary>The same engine with another file.</summary>
    public Situation Under(string yaml)
    {
        var other = new Situation(yaml) { ApiMinor = ApiMinor };
        other._containers.AddRange(_containers);
        other._networks.AddRange(_networks);
        other._volumes.AddRange(_volumes);
        other._images.AddRange(_images);
        return other;
    }

    public ComposePlan Up(UpOptions? options = null, Answers? answers = null) =>
        UpPlanner.Whole(
            new PlanContext(Project, State, options ?? new UpOptions(), answers ?? Answers.None, Hashing.Rules) { Now = Now });

    /// <summary>The source of a service's container.</summary>
    public static ContainerSource Source(CreateContainer create) => Assert.IsType<ContainerSource>(create.Blueprint);

    public ComposePlan Scale(params (string Service, int Replicas)[] wanted) => ScaleFromContainersPlanner.Plan(
        State with
        {
            Inspected = _containers.ToDictionary(
                container => container.Id, container => new ContainerInspect { Id = container.Id, Name = "/" + container.Name }),
        },
        new ScaleRequest { ProjectName = "demo", Replicas = wanted.ToDictionary(pair => pair.Service, pair => pair.Replicas) });

    public LifecycleRequest Request(params string[] services) =>
        new() { ProjectName = "demo", Project = Project, Services = services };

    public ComposePlan Down(bool volumes = false, string? images = null, bool orphans = false, bool files = true) =>
        DownPlanner.Plan(
            State,
            new DownRequest
            {
                ProjectName = "demo",
                Project = files ? Project : null,
                Volumes = volumes,
                Images = images,
                RemoveOrphans = orphans,
            });

    private Situation Network(NetworkDefinition network, string? project, string? hash)
    {
        _networks.Add(
            new ObservedNetwork(
                "id-" + network.Name, network.Name,
                Labels(project, hash ?? ConfigHash.Of(network), ComposeLabels.Network, network.Key), "bridge"));
        return this;
    }

    public static Dictionary<string, string> With(IReadOnlyDictionary<string, string> labels, string label, string value) =>
        labels.Where(pair => pair.Key != label).Append(new(label, value)).ToDictionary(pair => pair.Key, pair => pair.Value);

    /// <summary>An empty hash: an older release did not write one.</summary>
    private static Dictionary<string, string> Labels(string? project, string hash, string kind, string key) => project is null
        ? []
        : hash.Length == 0 ? new() { [ComposeLabels.Project] = project, [kind] = key }
        : new() { [ComposeLabels.Project] = project, [ComposeLabels.ConfigHash] = hash, [kind] = key };
}
