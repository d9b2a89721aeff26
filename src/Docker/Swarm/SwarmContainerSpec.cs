namespace Compose.Engine.Dto;

/// <summary>The container of each task of a service. Null values are not sent; durations are in nanoseconds.</summary>
internal sealed record SwarmContainerSpec
{
    public string? Image { get; init; }
    public IReadOnlyDictionary<string, string>? Labels { get; init; }

    /// <summary>What compose calls the entrypoint.</summary>
    public IReadOnlyList<string>? Command { get; init; }

    /// <summary>What compose calls the command.</summary>
    public IReadOnlyList<string>? Args { get; init; }
    public string? Hostname { get; init; }
    public IReadOnlyList<string>? Env { get; init; }
    public string? Dir { get; init; }
    public string? User { get; init; }
    public IReadOnlyList<string>? Groups { get; init; }
    public SwarmPrivileges? Privileges { get; init; }
    public bool? Init { get; init; }
    public string? StopSignal { get; init; }
    public bool? TTY { get; init; }
    public bool? OpenStdin { get; init; }
    public bool? ReadOnly { get; init; }
    public IReadOnlyList<Mount>? Mounts { get; init; }
    public long? StopGracePeriod { get; init; }
    public HealthConfig? Healthcheck { get; init; }

    /// <summary>Entries of /etc/hosts: <c>address name</c>.</summary>
    public IReadOnlyList<string>? Hosts { get; init; }
    public SwarmDnsConfig? DNSConfig { get; init; }
    public IReadOnlyList<SwarmSecretReference>? Secrets { get; init; }
    public IReadOnlyList<SwarmConfigReference>? Configs { get; init; }
    public string? Isolation { get; init; }
    public IReadOnlyDictionary<string, string>? Sysctls { get; init; }
    public IReadOnlyList<string>? CapabilityAdd { get; init; }
    public IReadOnlyList<string>? CapabilityDrop { get; init; }
    public IReadOnlyList<SwarmUlimit>? Ulimits { get; init; }

    /// <summary>From API 1.46 on.</summary>
    public long? OomScoreAdj { get; init; }
}

internal sealed record SwarmPrivileges
{
    public SwarmCredentialSpec? CredentialSpec { get; init; }
    public SwarmSELinuxContext? SELinuxContext { get; init; }
    public SwarmSeccomp? Seccomp { get; init; }
    public SwarmAppArmor? AppArmor { get; init; }
    public bool NoNewPrivileges { get; init; }
}

/// <summary>A credential spec of Windows. A config is named by its id, or by its name while that is all that is known.</summary>
internal sealed record SwarmCredentialSpec(string? Config, string? File, string? Registry);

internal sealed record SwarmSELinuxContext
{
    public bool Disable { get; init; }
    public string? User { get; init; }
    public string? Role { get; init; }
    public string? Type { get; init; }
    public string? Level { get; init; }
}

/// <summary>A seccomp setting: default, unconfined or custom; the last has a profile.</summary>
internal sealed record SwarmSeccomp(string? Mode, string? Profile);

/// <summary>An AppArmor setting: default or disabled.</summary>
internal sealed record SwarmAppArmor(string? Mode);

internal sealed record SwarmDnsConfig
{
    public IReadOnlyList<string>? Nameservers { get; init; }
    public IReadOnlyList<string>? Search { get; init; }
    public IReadOnlyList<string>? Options { get; init; }
}

internal sealed record SwarmUlimit
{
    public required string Name { get; init; }
    public long Soft { get; init; }
    public long Hard { get; init; }
}

/// <summary>A secret of the tasks.</summary>
internal sealed record SwarmSecretReference
{
    /// <summary>Null while only the name is known.</summary>
    public string? SecretID { get; init; }
    public string? SecretName { get; init; }

    /// <summary>The file in the container.</summary>
    public SwarmFileTarget? File { get; init; }
}

/// <summary>A config of the tasks: a file in the container, or for the engine itself (a credential spec).</summary>
internal sealed record SwarmConfigReference
{
    /// <summary>Null while only the name is known.</summary>
    public string? ConfigID { get; init; }
    public string? ConfigName { get; init; }

    /// <summary>The file in the container; null when <see cref="Runtime"/> is set.</summary>
    public SwarmFileTarget? File { get; init; }
    public EmptyObject? Runtime { get; init; }
}

internal sealed record SwarmFileTarget
{
    public required string Name { get; init; }
    public string? UID { get; init; }
    public string? GID { get; init; }

    /// <summary>Permission bits: 0444 is 292.</summary>
    public long Mode { get; init; }
}
