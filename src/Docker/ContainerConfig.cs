namespace Compose.Engine.Dto;

/// <summary>What inspect tells of a container's configuration: enough to create its like.</summary>
internal sealed record ContainerConfig
{
    /// <summary>The instructions an image keeps for the builds that begin with it.</summary>
    public IReadOnlyList<string>? OnBuild { get; init; }
    public string Image { get; init; } = "";
    public IReadOnlyList<string>? Cmd { get; init; }
    public IReadOnlyList<string>? Entrypoint { get; init; }
    public IReadOnlyList<string>? Env { get; init; }
    public IReadOnlyDictionary<string, string>? Labels { get; init; }
    public string? Hostname { get; init; }
    public string? Domainname { get; init; }
    public string? User { get; init; }
    public string? WorkingDir { get; init; }
    public string? StopSignal { get; init; }
    public int? StopTimeout { get; init; }
    public bool Tty { get; init; }
    public bool OpenStdin { get; init; }
    public bool StdinOnce { get; init; }
    public IReadOnlyDictionary<string, EmptyObject>? ExposedPorts { get; init; }
    public IReadOnlyDictionary<string, EmptyObject>? Volumes { get; init; }
    public HealthConfig? Healthcheck { get; init; }

    /// <summary>The address that was asked for; engines of API 1.44 and newer may tell it of the endpoint alone.</summary>
    public string? MacAddress { get; init; }
}

/// <summary>The value of a set that the engine spells as a map.</summary>
internal sealed record EmptyObject
{
    public static readonly EmptyObject Value = new();
}

/// <summary>Durations in nanoseconds.</summary>
internal sealed record HealthConfig
{
    public IReadOnlyList<string>? Test { get; init; }
    public long? Interval { get; init; }
    public long? Timeout { get; init; }
    public int? Retries { get; init; }
    public long? StartPeriod { get; init; }
    public long? StartInterval { get; init; }
}
