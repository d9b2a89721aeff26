namespace Compose.Engine.Dto;

/// <summary>One element of GET /containers/json.</summary>
internal sealed record ContainerSummary
{
    public required string Id { get; init; }
    public IReadOnlyList<string> Names { get; init; } = [];
    public string Image { get; init; } = "";
    public string ImageID { get; init; } = "";

    /// <summary>The manifest of the platform it runs; only from engines with the containerd image store.</summary>
    public ManifestDescriptor? ImageManifestDescriptor { get; init; }
    public string Command { get; init; } = "";

    /// <summary>Seconds since 1970.</summary>
    public long Created { get; init; }
    public IReadOnlyList<PortSummary>? Ports { get; init; }
    public IReadOnlyDictionary<string, string>? Labels { get; init; }

    /// <summary>created, running, paused, restarting, removing, exited or dead.</summary>
    public string State { get; init; } = "";

    /// <summary>The state in words: <c>Up 5 minutes (healthy)</c>, <c>Exited (0) 2 hours ago</c>.</summary>
    public string Status { get; init; } = "";
    public SummaryHostConfig? HostConfig { get; init; }
    public SummaryNetworks? NetworkSettings { get; init; }
    public IReadOnlyList<MountPoint>? Mounts { get; init; }
}

internal sealed record SummaryHostConfig(string? NetworkMode);

internal sealed record SummaryNetworks(IReadOnlyDictionary<string, EndpointSettings>? Networks)
{
    /// <summary>
    /// By port, such as <c>80/tcp</c>: where it is published; null for a port that is only exposed. Only inspect returns it.
    /// </summary>
    public IReadOnlyDictionary<string, IReadOnlyList<PortBinding>?>? Ports { get; init; }
}

internal sealed record PortSummary
{
    public string? IP { get; init; }
    public int PrivatePort { get; init; }
    public int? PublicPort { get; init; }
    public string Type { get; init; } = "tcp";
}

internal sealed record MountPoint
{
    public string Type { get; init; } = "";
    public string? Name { get; init; }
    public string? Source { get; init; }
    public string Destination { get; init; } = "";
    public bool RW { get; init; }
}

/// <summary>GET /containers/{id}/json.</summary>
internal sealed record ContainerInspect
{
    public required string Id { get; init; }
    public string Name { get; init; } = "";
    public string Image { get; init; } = "";
    public string? Platform { get; init; }
    public ContainerState State { get; init; } = new();

    /// <summary>The number of restarts by its restart policy since it was started.</summary>
    public int RestartCount { get; init; }
    public ContainerConfig Config { get; init; } = new();
    public HostConfig HostConfig { get; init; } = new();
    public SummaryNetworks? NetworkSettings { get; init; }
    public IReadOnlyList<MountPoint>? Mounts { get; init; }
}

internal sealed record ContainerState
{
    public string Status { get; init; } = "";
    public bool Running { get; init; }
    public bool OOMKilled { get; init; }

    /// <summary>The time of the last start, in the engine's format.</summary>
    public string? StartedAt { get; init; }

    /// <summary>The time of the last exit; the year 1 when it has never exited.</summary>
    public string? FinishedAt { get; init; }
    public int ExitCode { get; init; }
    public string? Error { get; init; }
    public ContainerHealth? Health { get; init; }
}

internal sealed record ContainerHealth(string Status, int FailingStreak, IReadOnlyList<HealthProbe>? Log);

internal sealed record HealthProbe(int ExitCode, string? Output);

internal sealed record WaitResponse(int StatusCode);

internal sealed record MessageResponse([property: System.Text.Json.Serialization.JsonPropertyName("message")] string? Message);
