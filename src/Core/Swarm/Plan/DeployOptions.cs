namespace Compose.Swarm.Plan;

/// <summary>What was asked of a deployment.</summary>
internal sealed record DeployOptions
{
    /// <summary>The stack's name; null for the project's.</summary>
    public string? Stack { get; init; }

    /// <summary>Whether to wait until the tasks run.</summary>
    public bool Wait { get; init; }

    /// <summary>The longest wait; null means no limit.</summary>
    public TimeSpan? WaitTimeout { get; init; }

    /// <summary>Whether services wait for what they depend on.</summary>
    public bool Ordered { get; init; }

    /// <summary>Whether to remove what the stack has and the file does not.</summary>
    public bool Prune { get; init; }

    /// <summary>Whether services that were scaled by hand get the file's number of replicas.</summary>
    public bool ResetScale { get; init; }

    /// <summary>Whether services whose update fails go back to what they were.</summary>
    public bool Rollback { get; init; }

    /// <summary>When to ask the registry for an image's digest: always, changed or never.</summary>
    public string ResolveImage { get; init; } = "changed";

    /// <summary>The images that were found in their registry, with their digest: <c>redis:7@sha256:…</c>.</summary>
    public IReadOnlyDictionary<string, string> Pinned { get; init; } = new Dictionary<string, string>();
}
