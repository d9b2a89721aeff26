namespace Compose.Engine.Dto;

/// <summary>The body of POST /containers/create. Null values are not sent.</summary>
internal sealed record CreateContainerRequest
{
    public required string Image { get; init; }
    public IReadOnlyList<string>? Cmd { get; init; }
    public IReadOnlyList<string>? Entrypoint { get; init; }
    public IReadOnlyList<string>? Env { get; init; }
    public IReadOnlyDictionary<string, string>? Labels { get; init; }
    public string? Hostname { get; init; }
    public string? Domainname { get; init; }
    public string? User { get; init; }
    public string? WorkingDir { get; init; }
    public string? MacAddress { get; init; }
    public string? StopSignal { get; init; }

    /// <summary>Whole seconds.</summary>
    public int? StopTimeout { get; init; }
    public bool? Tty { get; init; }
    public bool? OpenStdin { get; init; }
    public bool? StdinOnce { get; init; }
    public bool? AttachStdin { get; init; }
    public bool? AttachStdout { get; init; }
    public bool? AttachStderr { get; init; }
    public IReadOnlyDictionary<string, EmptyObject>? ExposedPorts { get; init; }
    public IReadOnlyDictionary<string, EmptyObject>? Volumes { get; init; }
    public HealthConfig? Healthcheck { get; init; }
    public HostConfig? HostConfig { get; init; }
    public NetworkingConfig? NetworkingConfig { get; init; }
}

internal sealed record NetworkingConfig
{
    public required IReadOnlyDictionary<string, EndpointSettings> EndpointsConfig { get; init; }
}

internal sealed record CreateContainerResponse(string Id, IReadOnlyList<string>? Warnings);
