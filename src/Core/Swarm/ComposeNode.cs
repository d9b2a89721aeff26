namespace Compose.Swarm;

/// <summary>A node of a swarm: an engine that tasks run on.</summary>
public sealed record ComposeNode
{
    public required string EngineHost { get; init; }

    /// <summary>The node's host name. Several nodes may have the same one.</summary>
    public required string Node { get; init; }

    /// <summary>The node's id.</summary>
    public required string NodeId { get; init; }

    /// <summary>Manager or Worker.</summary>
    public string Role { get; init; } = "";

    /// <summary>Whether it is the manager that leads the others.</summary>
    public bool Leader { get; init; }

    /// <summary>Ready, Down, Disconnected or Unknown.</summary>
    public string State { get; init; } = "";

    /// <summary>Active, Pause (gets no new tasks) or Drain (has no tasks).</summary>
    public string Availability { get; init; } = "";

    /// <summary>Reachable, Unreachable or Unknown for managers; empty for workers.</summary>
    public string Reachability { get; init; } = "";

    public string Address { get; init; } = "";

    /// <summary>The release of the node's engine.</summary>
    public string EngineVersion { get; init; } = "";

    /// <summary>The operating system and architecture: <c>linux/x86_64</c>.</summary>
    public string Platform { get; init; } = "";

    /// <summary>The number of CPUs.</summary>
    public double Cpus { get; init; }

    /// <summary>The memory in bytes.</summary>
    public long Memory { get; init; }

    /// <summary>The labels that constraints call node.labels.</summary>
    public IReadOnlyDictionary<string, string> Labels { get; init; } = new Dictionary<string, string>();

    /// <summary>What the swarm says about the state, if anything.</summary>
    public string Message { get; init; } = "";

    /// <inheritdoc/>
    public override string ToString() => Node;
}
