namespace Compose.Model;

/// <summary>A service of the compose files, in long form. Null means that the file does not set the attribute.</summary>
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

    /// <summary>Variables, with those of env_file. A null value removes the image's variable of that name.</summary>
    public IReadOnlyDictionary<string, string?> Environment { get; init; } = new Dictionary<string, string?>();

    /// <summary>The entries of env_file, if they were not read into <see cref="Environment"/>; otherwise empty.</summary>
    public IReadOnlyList<EnvFileDefinition> EnvFiles { get; init; } = [];

    /// <summary>Whether a file of env_file or label_file is missing, so that drift cannot be determined.</summary>
    internal bool HasMissingFiles { get; init; }
    public IReadOnlyDictionary<string, string> Labels { get; init; } = new Dictionary<string, string>();

    /// <summary>Absolute paths of the files of <c>label_file</c>.</summary>
    public IReadOnlyList<string> LabelFiles { get; init; } = [];
    public IReadOnlyDictionary<string, string> Annotations { get; init; } = new Dictionary<string, string>();
    public IReadOnlyList<PortDefinition> Ports { get; init; } = [];

    /// <summary>Exposed container ports such as <c>80</c> or <c>80/udp</c>; ranges are not expanded.</summary>
    public IReadOnlyList<string> Expose { get; init; } = [];
    public IReadOnlyList<MountDefinition> Volumes { get; init; } = [];
    public IReadOnlyList<string> VolumesFrom { get; init; } = [];

    /// <summary><c>path</c> or <c>path:options</c>.</summary>
    public IReadOnlyList<string> Tmpfs { get; init; } = [];

    /// <summary>The service's networks by key; null for a network without settings.</summary>
    public IReadOnlyDictionary<string, ServiceNetworkDefinition?> Networks {
        get; init;} = new Dictionary<string, ServiceNetworkDefinition?>();
    public string? NetworkMode { get; init; }
    public IReadOnlyList<string> Links { get; init; } = [];
    public IReadOnlyList<string> ExternalLinks { get; init; } = [];

    /// <summary>Hosts as the engine takes them: <c>host:address</c>.</summary>
    public IReadOnlyList<string> ExtraHosts { get; init; } = [];
    public IReadOnlyDictionary<string, DependencyDefinition> DependsOn {
        get; init;} = new Dictionary<string, DependencyDefinition>();
    public HealthcheckDefinition? Healthcheck { get; init; }
    public DeployDefinition? Deploy { get; init; }
    public string? Restart { get; init; }
    public int? Scale { get; init; }

    /// <summary>The number of replicas: <c>scale</c>, else <c>deploy.replicas</c>, else 1.</summary>
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

    /// <summary>
    /// The legacy attributes in the file that deploy.resources can set as well, such as mem_limit. config output and hash contain
    /// them only if the file does.
    /// </summary>
    internal IReadOnlyList<string> LegacyKeys { get; init; } = [];

    /// <summary>
    /// The contents of the seccomp profiles that <see cref="SecurityOptions"/> names, by file name; missing files are left out.
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

    /// <summary>The size of /dev/shm in bytes.</summary>
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
    /// The section <c>x-develop</c>, the name of <c>develop</c> before it was part of the specification. Only watch reads it. Its
    /// paths are as written.
    /// </summary>
    internal DevelopDefinition? LegacyDevelop { get; init; }
    public ProviderDefinition? Provider { get; init; }
    public IReadOnlyDictionary<string, ServiceModelDefinition?> Models {
        get; init;} = new Dictionary<string, ServiceModelDefinition?>();
    public CredentialSpecDefinition? CredentialSpec { get; init; }

    /// <summary>Legacy attributes with another value than deploy.resources; each is an error.</summary>
    internal IReadOnlyList<string> ConflictingKeys { get; init; } = [];

    /// <summary>The position of the service's key.</summary>
    public required Files.Origin Origin { get; init; }

    /// <summary>The keys of the named volumes that the service mounts.</summary>
    internal IEnumerable<string> MountedVolumes =>
        Volumes.Where(mount => mount.Type == "volume").Select(mount => mount.Source).OfType<string>();

    /// <inheritdoc/>
    public override string ToString() => Name;
}
