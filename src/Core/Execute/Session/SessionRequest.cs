using System.Globalization;
using Compose.Engine.Endpoint;
using Compose.Errors;
using Compose.Images.Registry;
using Compose.Model.Naming;
using Compose.Streams.Exec;

namespace Compose.Execute.Session;

/// <summary>The values that decide which engine a session connects to.</summary>
internal sealed record SessionRequest
{
    /// <summary>A year, in seconds.</summary>
    private const double LongestTimeout = 31_536_000;

    /// <summary>The requested endpoint; null for the context's, then docker's own rules.</summary>
    public string? EngineHost { get; init; }
    public string? Context { get; init; }
    public required IReadOnlyDictionary<string, string> Environment { get; init; }
    public required string HomeDirectory { get; init; }
    public bool IsWindows { get; init; }

    /// <summary>The time limit of requests that the engine can answer at once; null for COMPOSE_ENGINE_TIMEOUT.</summary>
    public TimeSpan? EngineTimeout { get; init; }

    public EngineEndpoint Endpoint() =>
        EndpointResolver.Resolve(EndpointRequest()) with { Timeout = EngineTimeout ?? UsualTimeout() };

    /// <summary>The names of the docker contexts; 'default' always exists.</summary>
    public IEnumerable<string> ContextNames() =>
        DockerContextStore.All(EndpointRequest().ConfigDirectory).Select(context => context.Name).Prepend("default");

    /// <summary>The time the session begins, UTC.</summary>
    public DateTime Now { get; init; }

    /// <summary>Logins by registry, which take precedence over docker's.</summary>
    public IReadOnlyDictionary<string, RegistryLogin> Logins { get; init; } = new Dictionary<string, RegistryLogin>();

    /// <summary>How many steps may run at once: COMPOSE_PARALLEL_LIMIT, -1 for no limit.</summary>
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

    /// <summary>The given logins and docker's.</summary>
    public RegistryCredentials Credentials() => new(EndpointRequest().ConfigDirectory, Logins);

    /// <summary>The proxy variables that docker's configuration gives to containers.</summary>
    public IReadOnlyDictionary<string, string> Proxies(string engineHost) =>
        ClientProxies.Read(EndpointRequest().ConfigDirectory, engineHost);

    private EndpointRequest EndpointRequest() => new(EngineHost, Context, Environment, HomeDirectory, IsWindows);
}

/// <summary>How to execute a plan.</summary>
internal sealed record ExecuteOptions
{
    /// <summary>The operations that the user declined.</summary>
    public IReadOnlyCollection<int> Declined { get; init; } = [];

    /// <summary>Images that are missing, with the reason: no containers are created from them.</summary>
    public IReadOnlyDictionary<string, string> MissingImages { get; init; } = new Dictionary<string, string>();

    /// <summary>How many steps may run at once.</summary>
    public int ParallelLimit { get; init; } = DefaultParallelLimit;

    public const int DefaultParallelLimit = 16;

    /// <summary>Called with the id of a one-off before it starts, to attach without missing output.</summary>
    public Func<string, CancellationToken, Task>? BeforeOneOff { get; init; }

    /// <summary>Returns the receiver of a hook's output; null for a hook that is not shown.</summary>
    public Func<HookSource, CommandOutput?>? HookOutput { get; init; }

    /// <summary>The logins for pulls; the session adds its own.</summary>
    public RegistryCredentials? Credentials { get; init; }
}

/// <summary>The hook that writes, and its container. For a pre_start hook, that is the replica that it prepares.</summary>
internal sealed record HookSource(string Service, string Container, int Replica, string Hook);

/// <summary>Which containers to list.</summary>
internal sealed record ContainerQuery
{
    /// <summary>Null for every project.</summary>
    public string? ProjectName { get; init; }
    public IReadOnlyList<string> Services { get; init; } = [];

    /// <summary>Whether to include stopped containers.</summary>
    public bool All { get; init; }

    /// <summary>States to include (running, exited, ...); empty for all.</summary>
    public IReadOnlyList<string> States { get; init; } = [];
    public bool OneOffs { get; init; }

    /// <summary>A volume that they mount, by its name on the engine; null for any.</summary>
    public string? Volume { get; init; }

    /// <summary>A network that they are on, by its name on the engine; null for any.</summary>
    public string? Network { get; init; }
}
