namespace Compose.Engine.Dto;

/// <summary>The configuration of a container or image in an inspect answer, complete enough to create a copy.</summary>
internal sealed record ContainerConfig
{
    /// <summary>The ONBUILD instructions of an image.</summary>
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

    /// <summary>The requested MAC address; from API 1.44 on, engines may report it only in the endpoint's settings.</summary>
    public string? MacAddress { get; init; }
}

/// <summary>The value type of sets, which the API represents as maps with empty objects.</summary>
internal sealed record EmptyObject
{
    public static readonly EmptyObject Value = new();
}

/// <summary>A health check. Durations are in nanoseconds.</summary>
internal sealed record HealthConfig
{
    public IReadOnlyList<string>? Test { get; init; }
    public long? Interval { get; init; }
    public long? Timeout { get; init; }
    public int? Retries { get; init; }
    public long? StartPeriod { get; init; }
    public long? StartInterval { get; init; }
}
