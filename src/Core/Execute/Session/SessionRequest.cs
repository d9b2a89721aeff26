using System.Globalization;
using Compose.Engine.Endpoint;
using Compose.Errors;
using Compose.Images.Registry;
using Compose.Model.Naming;
using Compose.Streams.Exec;

namespace Compose.Execute.Session;

/// <summary>What decides which engine a session speaks to, as values.</summary>
internal sealed record SessionRequest
{
    /// <summary>A year, in seconds.</summary>
    private const double LongestTimeout = 31_536_000;

    /// <summary>The endpoint asked for; null: the context's, then docker's own rules.</summary>
    public string? EngineHost { get; init; }
    public string? Context { get; init; }
    public required IReadOnlyDictionary<string, string> Environment { get; init; }
    public required string HomeDirectory { get; init; }
    public bool IsWindows { get; init; }

    /// <summary>
    /// The time limit of requests that the engine can answer at once; null: what COMPOSE_ENGINE_TIMEOUT says.
    /// </summary>
    public TimeSpan? EngineTimeout { get; init; }

    public EngineEndpoint Endpoint() =>
        EndpointResolver.Resolve(EndpointRequest()) with { Timeout = EngineTimeout ?? UsualTimeout() };

    /// <summary>The docker contexts there are, by name; 'default' is always one.</summary>
    public IEnumerable<string> ContextNames() =>
        DockerContextStore.All(EndpointRequest().ConfigDirectory).Select(context => context.Name).Prepend("default");

    /// <summary>The time the session begins, UTC.</summary>
    public DateTime Now { get; init; }

    /// <summary>Logins by registry, before those docker knows.</summary>
    public IReadOnlyDictionary<string, RegistryLogin> Logins { get; init; } = new Dictionary<string, RegistryLogin>();

    /// <summary>How many steps may be under way at once: what COMPOSE_PARALLEL_LIMIT says, -1 for no limit.</summary>
    /// <exception cref="ComposeException">InvalidParallelLimit.</exception>
    public int ParallelLimit()
    {
        if (!Environment.TryGetValue(ComposeVariables.ParallelLimit, out var text) || text.Trim().Length == 0)
            return ExecuteOptions.DefaultParallelLimit;
        if (!int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var limit) || limit is 0 or < -1)
            throw ExecuteErrors.InvalidParallelLimit.Exception(
                $"{ComposeVariables.ParallelLimit} is '{text}', which is no number of steps.", text);
        return limit < 0 ? int.MaxValue : limit;
    }

    /// <exception cref="ComposeException">InvalidEngineTimeout.</exception>
    private TimeSpan UsualTimeout()
    {
        if (!Environment.TryGetValue(ComposeVariables.EngineTimeout, out var text) || text.Trim().Length == 0)
            return EngineEndpoint.DefaultTimeout;
        var isNumber = double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds);
        return isNumber && seconds < LongestTimeout
            ? TimeSpan.FromSeconds(seconds)
            : throw ExecuteErrors.InvalidEngineTimeout.Exception(
                $"{ComposeVariables.EngineTimeout} is '{text}', which is no number of seconds.", text);
    }

    /// <summary>The logins given, and those docker knows.</summary>
    public RegistryCredentials Credentials() => new(EndpointRequest().ConfigDirectory, Logins);

    /// <summary>The proxies docker gives to containers.</summary>
    public IReadOnlyDictionary<string, string> Proxies(string engineHost) =>
        ClientProxies.Read(EndpointRequest().ConfigDirectory, engineHost);

    private EndpointRequest EndpointRequest() => new(EngineHost, Context, Environment, HomeDirectory, IsWindows);
}

/// <summary>How a plan is carried out.</summary>
internal sealed record ExecuteOptions
{
    /// <summary>The operations the user said no to.</summary>
    public IReadOnlyCollection<int> Declined { get; init; } = [];

    /// <summary>Images that could not be had, each with why: no container is made of them.</summary>
    public IReadOnlyDictionary<string, string> Lacking { get; init; } = new Dictionary<string, string>();

    /// <summary>How many steps may be under way at once.</summary>
    public int ParallelLimit { get; init; } = DefaultParallelLimit;

    public const int DefaultParallelLimit = 16;

    /// <summary>Called with the id of a one-off before it starts: who attaches then misses nothing.</summary>
    public Func<string, CancellationToken, Task>? BeforeOneOff { get; init; }

    /// <summary>Makes what takes the output of a hook as it comes; null for a hook that is not shown.</summary>
    public Func<HookSource, CommandOutput?>? HookOutput { get; init; }

    /// <summary>The logins for pulls; the session adds its own.</summary>
    public RegistryCredentials? Credentials { get; init; }
}

/// <summary>Which hook writes, and where. For a pre_start hook, that is the replica whose volumes it sees.</summary>
internal sealed record HookSource(string Service, string Container, int Replica, string Hook);

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

    /// <summary>The volume they must mount, by its name on the engine; null for any.</summary>
    public string? Volume { get; init; }

    /// <summary>The network they must be on, by its name on the engine; null for any.</summary>
    public string? Network { get; init; }
}
