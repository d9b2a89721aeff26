using Compose.Engine.Endpoint;
using Compose.Images;

namespace Compose.Execute;

/// <summary>What decides which engine a session speaks to, as values.</summary>
internal sealed record SessionRequest
{
    /// <summary>The endpoint asked for; null: the context's, then docker's own rules.</summary>
    public string? EngineHost { get; init; }
    public string? Context { get; init; }
    public required IReadOnlyDictionary<string, string> Environment { get; init; }
    public required string HomeDirectory { get; init; }
    public bool IsWindows { get; init; }

    public EngineEndpoint Endpoint() => EndpointResolver.Resolve(EndpointRequest());

    /// <summary>The docker contexts there are, by name; 'default' is always one.</summary>
    public IEnumerable<string> ContextNames() => DockerContextStore.All(EndpointRequest().ConfigDirectory).Select(context => context.Name).Prepend("default");

    /// <summary>The time the session begins, UTC.</summary>
    public DateTime Now { get; init; }

    /// <summary>Logins by registry, before those docker knows.</summary>
    public IReadOnlyDictionary<string, RegistryLogin> Logins { get; init; } = new Dictionary<string, RegistryLogin>();

    /// <summary>The logins given, and those docker knows.</summary>
    public RegistryCredentials Credentials() => new(EndpointRequest().ConfigDirectory, Logins);

    /// <summary>The proxies docker gives to containers.</summary>
    public IReadOnlyDictionary<string, string> Proxies(string engineHost) => ClientProxies.Read(EndpointRequest().ConfigDirectory, engineHost);

    private EndpointRequest EndpointRequest() => new(EngineHost, Context, Environment, HomeDirectory, IsWindows);
}

/// <summary>How a plan is carried out.</summary>
internal sealed record ExecuteOptions
{
    /// <summary>The operations the user said no to.</summary>
    public IReadOnlyCollection<int> Declined { get; init; } = [];

    /// <summary>How many steps may be under way at once.</summary>
    public int ParallelLimit { get; init; } = 16;

    /// <summary>Called with the id of a one-off before it starts: who attaches then misses nothing.</summary>
    public Func<string, CancellationToken, Task>? BeforeOneOff { get; init; }

    /// <summary>The logins for pulls; the session adds its own.</summary>
    public RegistryCredentials? Credentials { get; init; }
}

/// <summary>Which containers to read.</summary>
internal sealed record ContainerQuery
{
    /// <summary>Null means every project.</summary>
    public string? ProjectName { get; init; }
    public IReadOnlyList<string> Services { get; init; } = [];

    /// <summary>Whether stopped containers count.</summary>
    public bool All { get; init; }

    /// <summary>States to keep (running, exited, ...); empty keeps every one.</summary>
    public IReadOnlyList<string> States { get; init; } = [];
    public bool OneOffs { get; init; }
}
