namespace Compose.State;

/// <summary>A project the engine has containers of.</summary>
public sealed record ComposeProjectInfo
{
    public required string EngineHost { get; init; }
    public required string ProjectName { get; init; }

    /// <summary>Each state with its count, as docker compose shows it: <c>exited(1), running(2)</c>.</summary>
    public string Status { get; init; } = "";

    /// <summary>Running, Partial or Stopped.</summary>
    public string State { get; init; } = "";
    public int Containers { get; init; }
    public int Running { get; init; }
    public IReadOnlyList<string> Services { get; init; } = [];

    /// <summary>The compose files of its newest container, from the container's labels.</summary>
    public IReadOnlyList<string> ConfigFiles { get; init; } = [];
    public string? WorkingDirectory { get; init; }

    /// <summary>The environment files that were used instead of .env.</summary>
    public IReadOnlyList<string> EnvironmentFiles { get; init; } = [];

    /// <inheritdoc/>
    public override string ToString() => ProjectName;
}
