using Compose.Files.Interpolation;
using Compose.Model.Naming;

namespace Compose.Model;

/// <summary>A loaded project: what the compose files want, resolved and checked.</summary>
public sealed record ComposeProject
{
    public required string Name { get; init; }

    /// <summary>Absolute project directory; the base of relative paths.</summary>
    public required string WorkingDirectory { get; init; }

    /// <summary>Absolute paths of the compose files, base first.</summary>
    public IReadOnlyList<string> Files { get; init; } = [];

    /// <summary>Absolute paths of the files of -EnvFile or COMPOSE_ENV_FILES; a .env that was found is not listed.</summary>
    public IReadOnlyList<string> EnvironmentFiles { get; init; } = [];

    /// <summary>The enabled and selected services, by name, in the order of the file.</summary>
    public required IReadOnlyDictionary<string, ServiceDefinition> Services { get; init; }

    /// <summary>Services that profiles or a selection leave out. Their containers are not orphans.</summary>
    public IReadOnlyDictionary<string, ServiceDefinition> DisabledServices {
        get; init;} = new Dictionary<string, ServiceDefinition>();

    public IReadOnlyDictionary<string, NetworkDefinition> Networks { get; init; } = new Dictionary<string, NetworkDefinition>();

    public IReadOnlyDictionary<string, VolumeDefinition> Volumes { get; init; } = new Dictionary<string, VolumeDefinition>();

    public IReadOnlyDictionary<string, FileObjectDefinition> Secrets {
        get; init;} = new Dictionary<string, FileObjectDefinition>();

    public IReadOnlyDictionary<string, FileObjectDefinition> Configs {
        get; init;} = new Dictionary<string, FileObjectDefinition>();

    public IReadOnlyDictionary<string, ModelDefinition> Models { get; init; } = new Dictionary<string, ModelDefinition>();

    /// <summary>The enabled profiles.</summary>
    public IReadOnlyList<string> Profiles { get; init; } = [];

    /// <summary>The variables the files were interpolated with. Internal, because values may be secret.</summary>
    internal IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    /// <summary>The character between project, service and number in container and image names.</summary>
    internal string Separator => Environment.IsSet(ComposeVariables.Compatibility) ? "_" : "-";

    /// <summary>The name of a service's image: <c>image</c>, else the default name of its build.</summary>
    internal string ImageOf(ServiceDefinition service) => service.Image ?? NameOf(service.Name);

    /// <summary>A name on the engine: the project's name and the parts, joined.</summary>
    internal string NameOf(params string[] parts) => string.Join(Separator, [Name, .. parts]);

    /// <summary>The merged tree of the files; null for a project that was not loaded from files.</summary>
    internal Yaml.YamlMapping? Tree { get; init; }

    /// <summary>
    /// Whether the files were loaded without interpolation. Values with variables are then missing from the records.
    /// </summary>
    public bool HasVariables { get; init; }

    /// <summary>Whether defaults (names, the default network, implied dependencies, Dockerfiles) were filled in.</summary>
    internal bool IsNormalized { get; init; } = true;

    /// <summary>The variables that the tree's values refer to, for -Provenance.</summary>
    internal VariableUses Uses { get; init; } = new();

    /// <summary>Returns where a variable was set.</summary>
    internal Func<string, Files.Origin> VariableOrigin { get; init; } = _ => default;

    /// <summary>
    /// The origins, by path, of values that are in no compose file: those from env_file, label_file and passed-through variables.
    /// </summary>
    internal IReadOnlyDictionary<string, Files.Origin> ValueOrigins { get; init; } = new Dictionary<string, Files.Origin>();

    /// <summary>The <c>x-</c> attributes of the top level.</summary>
    internal IReadOnlyList<Yaml.YamlEntry> Extensions { get; init; } = [];

    /// <inheritdoc/>
    public override string ToString() => Name;
}
