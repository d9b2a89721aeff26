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

    /// <summary>Absolute paths of the environment files that were named, not of .env.</summary>
    public IReadOnlyList<string> EnvironmentFiles { get; init; } = [];

    /// <summary>The enabled and selected services, by name, in the order of the file.</summary>
    public required IReadOnlyDictionary<string, ServiceDefinition> Services { get; init; }

    /// <summary>Services left out by profiles or selection; their containers are not orphans.</summary>
    public IReadOnlyDictionary<string, ServiceDefinition> DisabledServices {
        get; init;} = new Dictionary<string, ServiceDefinition>();

    public IReadOnlyDictionary<string, NetworkDefinition> Networks { get; init; } = new Dictionary<string, NetworkDefinition>();

    public IReadOnlyDictionary<string, VolumeDefinition> Volumes { get; init; } = new Dictionary<string, VolumeDefinition>();

    public IReadOnlyDictionary<string, FileObjectDefinition> Secrets {
        get; init;} = new Dictionary<string, FileObjectDefinition>();

    public IReadOnlyDictionary<string, FileObjectDefinition> Configs {
        get; init;} = new Dictionary<string, FileObjectDefinition>();

    public IReadOnlyDictionary<string, ModelDefinition> Models { get; init; } = new Dictionary<string, ModelDefinition>();

    /// <summary>The profiles that are enabled.</summary>
    public IReadOnlyList<string> Profiles { get; init; } = [];

    /// <summary>The variables the file was interpolated with; may hold secrets, so it is not shown.</summary>
    internal IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    /// <summary>What stands between project, service and number in a name.</summary>
    internal string Separator => Environment.IsSet(ComposeVariables.Compatibility) ? "_" : "-";

    /// <summary>The image a service runs: its own, else the one its build makes.</summary>
    internal string ImageOf(ServiceDefinition service) => service.Image ?? NameOf(service.Name);

    /// <summary>The name of something of this project: its parts behind the project's name.</summary>
    internal string NameOf(params string[] parts) => string.Join(Separator, [Name, .. parts]);

    /// <summary>The merged tree the project was bound from; null for a project that was made otherwise.</summary>
    internal Yaml.YamlMapping? Tree { get; init; }

    /// <summary>
    /// Whether the files' variables were left as they are: what a variable gives is then missing from the records.
    /// </summary>
    public bool HasVariables { get; init; }

    /// <summary>Whether what the files leave unsaid was filled in.</summary>
    internal bool IsNormalized { get; init; } = true;

    /// <summary>The variables the tree's values were made of.</summary>
    internal VariableUses Uses { get; init; } = new();

    /// <summary>Where a variable's value came from.</summary>
    internal Func<string, Files.Origin> VariableOrigin { get; init; } = _ => default;

    /// <summary>
    /// By path, where the values came from that stand in no compose file: env_file, label_file, variables passed on.
    /// </summary>
    internal IReadOnlyDictionary<string, Files.Origin> ValueOrigins { get; init; } = new Dictionary<string, Files.Origin>();

    /// <summary>The top level's x- attributes.</summary>
    internal IReadOnlyList<Yaml.YamlEntry> Extensions { get; init; } = [];

    /// <inheritdoc/>
    public override string ToString() => Name;
}
