namespace Compose.Model;

/// <summary>A service as the files define it, in long form. Null means absent; an empty list means "none".</summary>
public sealed record ServiceDefinition
{
    public required string Name { get; init; }
    public string? Image { get; init; }
    public BuildDefinition? Build { get; init; }
    public string? PullPolicy { get; init; }
    public string? Platform { get; init; }

    /// <summary>Null keeps the image's command, an empty list clears it.</summary>
    public IReadOnlyList<string>? Command { get; init; }

    /// <summary>Null keeps the image's entrypoint, an empty list clears it.</summary>
    public IReadOnlyList<string>? Entrypoint { get; init; }

    /// <summary>Variables with env_file applied; a null value is a name the engine gets bare.</summary>
    public IReadOnlyDictionary<string, string?> Environment { get; init; } = new Dictionary<string, string?>();

    /// <summary>The files under env_file that were not read into the environment; empty where they were.</summary>
    public IReadOnlyList<EnvFileDefinition> EnvFiles { get; init; } = [];

    /// <summary>Whether a file under env_file or label_file could not be read, so that nothing can be said of drift.</summary>
    internal bool LacksFiles { get; init; }
    public IReadOnlyDictionary<string, string> Labels { get; init; } = new Dictionary<string, string>();

    /// <summary>The files some of the labels come from, as absolute paths.</summary>
    public IReadOnlyList<string> LabelFiles { get; init; } = [];
    public IReadOnlyDictionary<string, string> Annotations { get; init; } = new Dictionary<string, string>();
    public IReadOnlyList<PortDefinition> Ports { get; init; } = [];

    /// <summary>Exposed container ports, <c>80</c> or <c>80/udp</c>, ranges not expanded.</summary>
    public IReadOnlyList<string> Expose { get; init; } = [];
    public IReadOnlyList<MountDefinition> Volumes { get; init; } = [];
    public IReadOnlyList<string> VolumesFrom { get; init; } = [];

    /// <summary><c>path</c> or <c>path:options</c>.</summary>
    public IReadOnlyList<string> Tmpfs { get; init; } = [];

    /// <summary>Networks by key; a null value joins the network with no settings.</summary>
    public IReadOnlyDictionary<string, ServiceNetworkDefinition?> Networks {
        get; init;} = new Dictionary<string, ServiceNetworkDefinition?>();
    public string? NetworkMode { get; init; }
    public IReadOnlyList<string> Links { get; init; } = [];
    public IReadOnlyList<string> ExternalLinks { get; init; } = [];

    /// <summary><c>host:address</c>, as the engine takes them.</summary>
    public IReadOnlyList<string> ExtraHosts { get; init; } = [];
    public IReadOnlyDictionary<string, DependencyDefinition> DependsOn {
        get; init;} = new Dictionary<string, DependencyDefinition>();
    public HealthcheckDefinition? Healthcheck { get; init; }
    public DeployDefinition? Deploy { get; init; }
    public string? Restart { get; init; }
    public int? Scale { get; init; }

    /// <summary>How many containers the file wants: scale, else deploy.replicas, else one.</summary>
    public int Replicas => Scale ?? Deploy?.Replicas ?? 1;
    public IReadOnlyList<string> Profiles { get; init; } = [];
    public string? ContainerName { get; init; }
    public string? Hostname { get; init; }
    public string? DomainName { get; init; }
    public string? MacAddress { get; init; }
    public string? User { get; init; }
    public string? WorkingDir { get; init; }
    public bool? Init { get; init; }
    public bool? Attach { get; init; }
    public bool StdinOpen { get; init; }
    public bool Tty { get; init; }
    public bool Privileged { get; init; }
    public bool ReadOnly { get; init; }
    public bool UseApiSocket { get; init; }
    public string? StopSignal { get; init; }
    public TimeSpan? StopGracePeriod { get; init; }
    public IReadOnlyList<FileObjectReference> Secrets { get; init; } = [];
    public IReadOnlyList<FileObjectReference> Configs { get; init; } = [];
    public LoggingDefinition? Logging { get; init; }
    public IReadOnlyList<string> Dns { get; init; } = [];
    public IReadOnlyList<string> DnsSearch { get; init; } = [];
    public IReadOnlyList<string> DnsOptions { get; init; } = [];
    public IReadOnlyList<string> CapAdd { get; init; } = [];
    public IReadOnlyList<string> CapDrop { get; init; } = [];
    public IReadOnlyList<string> GroupAdd { get; init; } = [];
    public IReadOnlyList<string> SecurityOptions { get; init; } = [];

    /// <summary>The keys beside deploy.resources that say the same: they are printed and hashed where they stand.</summary>
    internal IReadOnlyList<string> OlderKeys { get; init; } = [];

    /// <summary>
    /// The text of the seccomp profiles among the security options, by the file they name; absent files are left out.
    /// </summary>
    internal IReadOnlyDictionary<string, string> SecurityProfiles { get; init; } = new Dictionary<string, string>();
    public IReadOnlyDictionary<string, string> Sysctls { get; init; } = new Dictionary<string, string>();
    public IReadOnlyDictionary<string, UlimitDefinition> Ulimits { get; init; } = new Dictionary<string, UlimitDefinition>();
    public IReadOnlyDictionary<string, string> StorageOptions { get; init; } = new Dictionary<string, string>();
    public string? UsernsMode { get; init; }
    public string? Uts { get; init; }
    public string? Ipc { get; init; }
    public string? Pid { get; init; }
    public string? Cgroup { get; init; }
    public string? CgroupParent { get; init; }
    public string? Isolation { get; init; }
    public string? Runtime { get; init; }

    /// <summary>Bytes; likewise every memory size below.</summary>
    public long? ShmSize { get; init; }
    public bool OomKillDisable { get; init; }
    public long? OomScoreAdj { get; init; }
    public ResourceDefinition Resources { get; init; } = new();
    public BlkioDefinition? Blkio { get; init; }
    public IReadOnlyList<DeviceDefinition> Devices { get; init; } = [];
    public IReadOnlyList<string> DeviceCgroupRules { get; init; } = [];
    public IReadOnlyList<DeviceRequestDefinition> Gpus { get; init; } = [];
    public IReadOnlyList<HookDefinition> PreStart { get; init; } = [];
    public IReadOnlyList<HookDefinition> PostStart { get; init; } = [];
    public IReadOnlyList<HookDefinition> PreStop { get; init; } = [];
    public DevelopDefinition? Develop { get; init; }

    /// <summary>
    /// What x-develop says, the name develop had before it was specified; only a watch reads it. Its paths are as they are
    /// written.
    /// </summary>
    internal DevelopDefinition? LegacyDevelop { get; init; }
    public ProviderDefinition? Provider { get; init; }
    public IReadOnlyDictionary<string, ServiceModelDefinition?> Models {
        get; init;} = new Dictionary<string, ServiceModelDefinition?>();
    public CredentialSpecDefinition? CredentialSpec { get; init; }

    /// <summary>Older resource keys that contradict deploy.resources; a project with any is refused.</summary>
    internal IReadOnlyList<string> ContradictedKeys { get; init; } = [];

    /// <summary>Where the service stands in the files.</summary>
    public required Files.Origin Origin { get; init; }

    /// <summary>The volumes of the files that the service mounts, by key.</summary>
    internal IEnumerable<string> MountedVolumes =>
        Volumes.Where(mount => mount.Type == "volume").Select(mount => mount.Source).OfType<string>();

    /// <inheritdoc/>
    public override string ToString() => Name;
}
