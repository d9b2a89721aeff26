using Compose.Files.Interpolation;

namespace Compose.Model.Naming;

/// <summary>
/// The environment variables that change how commands work, such as docker compose's COMPOSE_* variables.
/// </summary>
internal static class ComposeVariables
{
    /// <summary>Uses <c>_</c> between project, service and number in names, as docker compose 1 did.</summary>
    public const string Compatibility = "COMPOSE_COMPATIBILITY";
    public const string RemoveOrphans = "COMPOSE_REMOVE_ORPHANS";
    public const string IgnoreOrphans = "COMPOSE_IGNORE_ORPHANS";

    /// <summary>The most steps to run at once; -1 for no limit.</summary>
    public const string ParallelLimit = "COMPOSE_PARALLEL_LIMIT";

    /// <summary>
    /// Our own: the docker compose version that new projects are shared with, as <c>docker compose version --short</c> prints it.
    /// </summary>
    public const string SharedVersion = "COMPOSE_SHARED_VERSION";

    /// <summary>Our own: the time limit in seconds for requests that the engine answers at once; 0 for no limit.</summary>
    public const string EngineTimeout = "COMPOSE_ENGINE_TIMEOUT";

    /// <summary>The platform of builds and pulls for services without <c>platform</c>.</summary>
    public const string DefaultPlatform = "DOCKER_DEFAULT_PLATFORM";

    /// <summary>
    /// Which builder to use: 0 for the classic builder, 1 for BuildKit even if the engine prefers the classic builder.
    /// </summary>
    public const string BuildKit = "DOCKER_BUILDKIT";

    /// <summary>Whether a variable has a value that means "on", such as 1 or true.</summary>
    public static bool IsSet(this IReadOnlyDictionary<string, string> environment, string name) =>
        environment.TryGetValue(name, out var value) && EnvironmentSwitch.IsOn(value);

    /// <summary>Whether DOCKER_BUILDKIT asks for BuildKit; null if it is not set.</summary>
    public static bool? PrefersBuildKit(this IReadOnlyDictionary<string, string> environment) =>
        environment.TryGetValue(BuildKit, out var value) && value.Trim().Length > 0 ? environment.IsSet(BuildKit) : null;
}
