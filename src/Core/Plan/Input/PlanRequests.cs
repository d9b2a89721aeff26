using Compose.Model;
using Compose.Model.Naming;

namespace Compose.Plan.Input;

/// <summary>How a project is brought up.</summary>
internal sealed record UpOptions
{
    /// <summary>The services named; empty means all.</summary>
    public IReadOnlyList<string> Services { get; init; } = [];

    /// <summary>Replicas by service, over what the files say.</summary>
    public IReadOnlyDictionary<string, int> Scale { get; init; } = new Dictionary<string, int>();
    public bool Build { get; init; }
    public bool NoBuild { get; init; }

    /// <summary>always, missing or never, over every service's own; null: theirs.</summary>
    public string? Pull { get; init; }
    public bool ForceRecreate { get; init; }
    public bool NoRecreate { get; init; }
    public bool AlwaysRecreateDependencies { get; init; }
    public bool RenewAnonymousVolumes { get; init; }
    public bool NoDependencies { get; init; }
    public bool NoStart { get; init; }
    public bool RemoveOrphans { get; init; }

    /// <summary>Whether networks and volumes no service uses are created too.</summary>
    public bool AllResources { get; init; }

    /// <summary>
    /// The release of docker compose a new project is written for; null: that of COMPOSE_SHARED_VERSION, else the newest known.
    /// </summary>
    public string? Release { get; init; }

    /// <summary>Whether to wait until every service runs or is healthy.</summary>
    public bool Wait { get; init; }
    public TimeSpan? WaitTimeout { get; init; }

    /// <summary>The grace of stops; null: each container's own.</summary>
    public TimeSpan? Timeout { get; init; }

    /// <summary>
    /// A container beside the replicas of its service, which are left as they are; the project is as it wants it.
    /// </summary>
    public OneOff? OneOff { get; init; }
}

/// <summary>How a project is removed.</summary>
internal sealed record DownRequest
{
    public required string ProjectName { get; init; }

    /// <summary>The files' project; null: what the labels tell.</summary>
    public ComposeProject? Project { get; init; }

    /// <summary>The services to remove, wildcards allowed; empty means all, networks included.</summary>
    public IReadOnlyList<string> Services { get; init; } = [];
    public bool Volumes { get; init; }

    /// <summary>Local, All or null.</summary>
    public string? Images { get; init; }
    public bool RemoveOrphans { get; init; }
    public TimeSpan? Timeout { get; init; }
}

/// <summary>How many replicas are wanted.</summary>
internal sealed record ScaleRequest
{
    public required string ProjectName { get; init; }

    /// <summary>The files' project; null: the newest replica is the pattern of the others.</summary>
    public ComposeProject? Project { get; init; }

    /// <summary>By service, wildcards allowed; a service's own name goes before them.</summary>
    public required IReadOnlyDictionary<string, int> Replicas { get; init; }

    /// <summary>Whether what the services depend on is left alone; without files it always is.</summary>
    public bool NoDependencies { get; init; }
    public TimeSpan? Timeout { get; init; }

    /// <summary>As for up; without files the newest replica says it.</summary>
    public string? Release { get; init; }

    /// <summary>
    /// The same, by the names of services there are; a name that is none of them stays, for the planner to refuse.
    /// </summary>
    public ScaleRequest Of(IReadOnlyCollection<string> services)
    {
        var replicas = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var wanted in Replicas.OrderByDescending(wanted => NamePattern.IsPattern(wanted.Key)))
        {
            var meant = NamePattern.Meant(wanted.Key, services);
            foreach (var service in meant.Count == 0 && !NamePattern.IsPattern(wanted.Key) ? [wanted.Key] : meant)
                replicas[service] = wanted.Value;
        }

        return this with { Replicas = replicas };
    }
}

/// <summary>Which containers of a project a command on what exists is about.</summary>
internal sealed record LifecycleRequest
{
    public required string ProjectName { get; init; }

    /// <summary>The files' project: its services, their order and hooks; null: what the labels tell.</summary>
    public ComposeProject? Project { get; init; }

    /// <summary>Wildcards allowed; empty means all.</summary>
    public IReadOnlyList<string> Services { get; init; } = [];

    /// <summary>Names of single containers, besides the services.</summary>
    public IReadOnlyList<string> Containers { get; init; } = [];

    /// <summary>The grace of stops; null: each container's own.</summary>
    public TimeSpan? Timeout { get; init; }

    /// <summary>Restart: leaves dependents alone that ask to be restarted too.</summary>
    public bool NoDependencies { get; init; }

    /// <summary>Start: what up would plan with, made when it is needed; null without files.</summary>
    public Func<PlanContext>? Context { get; init; }

    /// <summary>Start: whether to wait until every service runs or is healthy.</summary>
    public bool Wait { get; init; }
    public TimeSpan? WaitTimeout { get; init; }

    /// <summary>Kill: the signal, as the user spells it.</summary>
    public string Signal { get; init; } = "SIGKILL";

    /// <summary>Kill: whether services the files do not have are meant too.</summary>
    public bool Orphans { get; init; }

    /// <summary>Remove: whether running containers are stopped first.</summary>
    public bool Stop { get; init; }

    /// <summary>Remove: whether anonymous volumes go too.</summary>
    public bool Volumes { get; init; }
}
