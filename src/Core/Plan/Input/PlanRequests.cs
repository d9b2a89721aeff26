using Compose.Model;
using Compose.Model.Naming;

namespace Compose.Plan.Input;

/// <summary>The options of up.</summary>
internal sealed record UpOptions
{
    /// <summary>Names of services; empty means all.</summary>
    public IReadOnlyList<string> Services { get; init; } = [];

    /// <summary>Replicas by service; overrides the files.</summary>
    public IReadOnlyDictionary<string, int> Scale { get; init; } = new Dictionary<string, int>();
    public bool Build { get; init; }
    public bool NoBuild { get; init; }

    /// <summary>always, missing or never; null means each service's own policy.</summary>
    public string? Pull { get; init; }
    public bool ForceRecreate { get; init; }
    public bool NoRecreate { get; init; }
    public bool AlwaysRecreateDependencies { get; init; }
    public bool RenewAnonymousVolumes { get; init; }
    public bool NoDependencies { get; init; }
    public bool NoStart { get; init; }
    public bool RemoveOrphans { get; init; }

    /// <summary>Whether unused networks and volumes are created too.</summary>
    public bool AllResources { get; init; }

    /// <summary>
    /// The release of docker compose that a new project is compatible with; null means COMPOSE_SHARED_VERSION, else the newest
    /// known.
    /// </summary>
    public string? Release { get; init; }

    /// <summary>Whether to wait until every service runs or is healthy.</summary>
    public bool Wait { get; init; }
    public TimeSpan? WaitTimeout { get; init; }

    /// <summary>The grace period of stops; null means each container's own.</summary>
    public TimeSpan? Timeout { get; init; }

    /// <summary>
    /// A container beside the replicas of its service, which stay as they are. The project has been adapted to it.
    /// </summary>
    public OneOff? OneOff { get; init; }
}

/// <summary>The options of down.</summary>
internal sealed record DownRequest
{
    public required string ProjectName { get; init; }

    /// <summary>The project of the files; null means that labels replace it.</summary>
    public ComposeProject? Project { get; init; }

    /// <summary>The services to remove, wildcards allowed; empty means all, and networks too.</summary>
    public IReadOnlyList<string> Services { get; init; } = [];
    public bool Volumes { get; init; }

    /// <summary>Local, All or null.</summary>
    public string? Images { get; init; }
    public bool RemoveOrphans { get; init; }
    public TimeSpan? Timeout { get; init; }
}

/// <summary>The options of scale.</summary>
internal sealed record ScaleRequest
{
    public required string ProjectName { get; init; }

    /// <summary>The project of the files; null means that new replicas are copies of the newest one.</summary>
    public ComposeProject? Project { get; init; }

    /// <summary>By service, wildcards allowed; a service's exact name wins over them.</summary>
    public required IReadOnlyDictionary<string, int> Replicas { get; init; }

    /// <summary>Whether dependencies are left alone; without files they always are.</summary>
    public bool NoDependencies { get; init; }
    public TimeSpan? Timeout { get; init; }

    /// <summary>As for up; without files the newest replica decides.</summary>
    public string? Release { get; init; }

    /// <summary>
    /// The request with wildcards replaced by the services they match. An unknown name stays, and the planner refuses it.
    /// </summary>
    public ScaleRequest Of(IReadOnlyCollection<string> services)
    {
        var replicas = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var wanted in Replicas.OrderByDescending(wanted => NamePattern.IsPattern(wanted.Key)))
        {
            var matches = NamePattern.Matches(wanted.Key, services);
            foreach (var service in matches.Count == 0 && !NamePattern.IsPattern(wanted.Key) ? [wanted.Key] : matches)
                replicas[service] = wanted.Value;
        }

        return this with { Replicas = replicas };
    }
}

/// <summary>The options of commands on existing containers: start, stop, restart, pause, kill, remove.</summary>
internal sealed record LifecycleRequest
{
    public required string ProjectName { get; init; }

    /// <summary>The project of the files: services, their order, hooks; null means that labels replace it.</summary>
    public ComposeProject? Project { get; init; }

    /// <summary>Wildcards allowed; empty means all.</summary>
    public IReadOnlyList<string> Services { get; init; } = [];

    /// <summary>Names of single containers, besides the services.</summary>
    public IReadOnlyList<string> Containers { get; init; } = [];

    /// <summary>The grace period of stops; null means each container's own.</summary>
    public TimeSpan? Timeout { get; init; }

    /// <summary>Restart: whether dependents with <c>restart: true</c> are left alone.</summary>
    public bool NoDependencies { get; init; }

    /// <summary>Start: creates up's inputs when they are needed; null without files.</summary>
    public Func<PlanContext>? Context { get; init; }

    /// <summary>Start: whether to wait until every service runs or is healthy.</summary>
    public bool Wait { get; init; }
    public TimeSpan? WaitTimeout { get; init; }

    /// <summary>Kill: the signal, as the user wrote it.</summary>
    public string Signal { get; init; } = "SIGKILL";

    /// <summary>Kill: whether services that are not in the files are included.</summary>
    public bool Orphans { get; init; }

    /// <summary>Remove: whether running containers are stopped first.</summary>
    public bool Stop { get; init; }

    /// <summary>Remove: whether anonymous volumes are removed too.</summary>
    public bool Volumes { get; init; }
}
