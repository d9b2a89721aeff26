namespace Compose.Swarm;

/// <summary>A stack: what is deployed under one name to a swarm.</summary>
public sealed record ComposeStack
{
    public required string EngineHost { get; init; }

    /// <summary>The stack's name, as projects have it.</summary>
    public required string ProjectName { get; init; }

    /// <summary>The stack's name.</summary>
    public string Stack => ProjectName;

    /// <summary>Running, Partial, Updating, Paused, Completed, Stopped, or Leftover without services.</summary>
    public string State { get; init; } = "";

    /// <summary>The number of services.</summary>
    public int Services { get; init; }

    /// <summary>The number of tasks that should run.</summary>
    public int Desired { get; init; }

    /// <summary>The number of tasks that run.</summary>
    public int Running { get; init; }

    /// <summary>The number of networks.</summary>
    public int Networks { get; init; }

    /// <summary>The number of secrets.</summary>
    public int Secrets { get; init; }

    /// <summary>The number of configs.</summary>
    public int Configs { get; init; }

    /// <inheritdoc/>
    public override string ToString() => ProjectName;
}
