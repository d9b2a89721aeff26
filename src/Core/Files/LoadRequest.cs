using Compose.Files.Reading;

namespace Compose.Files;

/// <summary>Everything a load depends on, as values: the loader reads no environment and no current directory itself.</summary>
internal sealed record LoadRequest
{
    /// <summary>Absolute path of the user's current directory.</summary>
    public required string WorkingDirectory { get; init; }

    /// <summary>The environment variables to use.</summary>
    public required IReadOnlyDictionary<string, string> Environment { get; init; }

    /// <summary>
    /// Compose files, base first; "-" is standard input. If empty, those of COMPOSE_FILE, else the first found in the current
    /// directory or its parents.
    /// </summary>
    public IReadOnlyList<string> Paths { get; init; } = [];

    /// <summary>The base of relative paths. If null, the directory of the first file.</summary>
    public string? ProjectDirectory { get; init; }

    /// <summary>
    /// The project's name. If null, COMPOSE_PROJECT_NAME, else <c>name:</c> in the files, else the directory's name.
    /// </summary>
    public string? ProjectName { get; init; }

    /// <summary>Profiles to enable. If empty, those of COMPOSE_PROFILES.</summary>
    public IReadOnlyList<string> Profiles { get; init; } = [];

    /// <summary>Files to read instead of .env. If empty, those of COMPOSE_ENV_FILES, else .env.</summary>
    public IReadOnlyList<string> EnvFiles { get; init; } = [];

    /// <summary>Services to select, with their dependencies. If empty, all services of the enabled profiles.</summary>
    public IReadOnlyList<string> Services { get; init; } = [];

    /// <summary>Whether to select <see cref="Services"/> without their dependencies.</summary>
    public bool NoDependencies { get; init; }

    /// <summary>Whether to check references between sections, such as a service's networks, and dependency cycles.</summary>
    public bool Consistency { get; init; } = true;

    /// <summary>Whether to replace ${VARIABLES} in values.</summary>
    public bool Interpolation { get; init; } = true;

    /// <summary>
    /// Whether to fill in what the files leave out: names, the default network, implied dependencies, Dockerfiles.
    /// </summary>
    public bool Normalization { get; init; } = true;

    /// <summary>Whether to make relative paths absolute. Those of included and extended files always are.</summary>
    public bool PathResolution { get; init; } = true;

    /// <summary>Whether to read the files of <c>env_file</c> into the services' environment.</summary>
    public bool EnvironmentResolution { get; init; } = true;

    /// <summary>
    /// Whether the command creates containers. Then the files of <c>env_file</c> and <c>label_file</c> must exist, and no two
    /// services may have the same container name.
    /// </summary>
    public bool ForCreation { get; init; } = true;

    /// <summary>Whether to keep networks, volumes, secrets and configs that no selected service uses.</summary>
    public bool AllResources { get; init; }

    /// <summary>Opens standard input, for the path "-"; null where there is none.</summary>
    public Func<Stream>? StandardInput { get; init; }

    /// <summary>Parsed files of earlier loads in the same process; null to cache nothing.</summary>
    internal DocumentCache? Cache { get; init; }

    /// <summary>Whether the client runs on Windows: drive letters, ';' in COMPOSE_FILE, case-insensitive variables.</summary>
    public bool Windows { get; init; }
}
