using Compose.Files.Interpolation;

namespace Compose.Model.Naming;

/// <summary>
/// The variables that change what compose does rather than what a file says (docker compose's COMPOSE_ variables).
/// </summary>
internal static class ComposeVariables
{
    /// <summary>Names with <c>_</c> between project, service and number, as docker compose 1 wrote them.</summary>
    public const string Compatibility = "COMPOSE_COMPATIBILITY";
    public const string RemoveOrphans = "COMPOSE_REMOVE_ORPHANS";
    public const string IgnoreOrphans = "COMPOSE_IGNORE_ORPHANS";

    /// <summary>How many steps may be under way at once; -1 for no limit.</summary>
    public const string ParallelLimit = "COMPOSE_PARALLEL_LIMIT";

    /// <summary>
    /// Ours: the docker compose version that new projects are shared with, as <c>docker compose version --short</c> prints it.
    /// </summary>
    public const string SharedVersion = "COMPOSE_SHARED_VERSION";

    /// <summary>Ours: the time limit, in seconds, of requests that the engine can answer at once; 0 for no limit.</summary>
    public const string EngineTimeout = "COMPOSE_ENGINE_TIMEOUT";

    /// <summary>The platform of what is built or pulled and names none.</summary>
    public const string DefaultPlatform = "DOCKER_DEFAULT_PLATFORM";

    /// <summary>
    /// Whether BuildKit builds: 0 asks for the classic builder, 1 for BuildKit where the engine prefers the other.
    /// </summary>
    public const string BuildKit = "DOCKER_BUILDKIT";

    /// <summary>Whether a variable switches something on.</summary>
    public static bool IsSet(this IReadOnlyDictionary<string, string> environment, string name) =>
        environment.TryGetValue(name, out var value) && EnvironmentSwitch.IsOn(value);

    /// <summary>Which builder DOCKER_BUILDKIT asks for; null where it says nothing.</summary>
    public static bool? PrefersBuildKit(this IReadOnlyDictionary<string, string> environment) =>
        environment.TryGetValue(BuildKit, out var value) && value.Trim().Length > 0 ? environment.IsSet(BuildKit) : null;
}
