using Compose.Files.Reading;

namespace Compose.Files;

/// <summary>Everything loading a project depends on, as values: nothing is read from the process.</summary>
internal sealed record LoadRequest
{
    /// <summary>Absolute path of the directory the user stands in.</summary>
    public required string WorkingDirectory { get; init; }

    /// <summary>The environment variables that count, and no others.</summary>
    public required IReadOnlyDictionary<string, string> Environment { get; init; }

    /// <summary>Compose files, base first; empty: COMPOSE_FILE, else the search upwards. "-" is standard input.</summary>
    public IReadOnlyList<string> Paths { get; init; } = [];

    /// <summary>The base of relative paths; null: the directory of the first file.</summary>
    public string? ProjectDirectory { get; init; }

    /// <summary>The project's name as asked for; null: COMPOSE_PROJECT_NAME, name:, directory.</summary>
    public string? ProjectName { get; init; }

    /// <summary>Profiles to enable; empty: COMPOSE_PROFILES.</summary>
    public IReadOnlyList<string> Profiles { get; init; } = [];

    /// <summary>Files that stand in for .env; empty: COMPOSE_ENV_FILES, else .env.</summary>
    public IReadOnlyList<string> EnvFiles { get; init; } = [];

    /// <summary>Services to select, with their dependencies; empty: all.</summary>
    public IReadOnlyList<string> Services { get; init; } = [];

    /// <summary>Whether selecting services leaves their dependencies out.</summary>
    public bool NoDependencies { get; init; }

    /// <summary>Whether to check what several sections say about one another.</summary>
    public bool Consistency { get; init; } = true;

    /// <summary>Whether ${VARIABLES} are replaced.</summary>
    public bool Interpolation { get; init; } = true;

    /// <summary>
    /// Whether what the files leave unsaid is filled in: names, the default network, implied dependencies, Dockerfiles.
    /// </summary>
    public bool Normalization { get; init; } = true;

    /// <summary>Whether relative paths become absolute; those of included and extended files do in any case.</summary>
    public bool PathResolution { get; init; } = true;

    /// <summary>Whether the files under env_file are read.</summary>
    public bool EnvironmentResolution { get; init; } = true;

    /// <summary>
    /// Whether containers will be created: then the files they need (env_file, label_file) must exist, and no two services may
    /// have the same container name. Nothing else needs either.
    /// </summary>
    public bool ForCreation { get; init; } = true;

    /// <summary>Whether resources no selected service uses stay in the project.</summary>
    public bool AllResources { get; init; }

    /// <summary>What standard input holds, for the path "-".</summary>
    public Func<Stream>? StandardInput { get; init; }

    /// <summary>What the session has read before; null: nothing is kept.</summary>
    internal DocumentCache? Cache { get; init; }

    /// <summary>True on Windows: drive letters, path separators and case-insensitive variables.</summary>
    public bool Windows { get; init; }
}
