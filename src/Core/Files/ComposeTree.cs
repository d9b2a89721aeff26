using Compose.Files.Interpolation;
using Compose.Yaml;

namespace Compose.Files;

/// <summary>The files of a project as one merged tree in long form. Every node carries its file, line and column.</summary>
internal sealed record ComposeTree
{
    public required YamlMapping Root { get; init; }
    public required string ProjectName { get; init; }
    public required string WorkingDirectory { get; init; }
    public required IReadOnlyList<string> Files { get; init; }
    public required IReadOnlyList<string> EnvironmentFiles { get; init; }

    /// <summary>The project's variables: the request's environment, then .env files. <c>environment</c> keys without a value and
    /// <c>env_file</c> are resolved against it later.</summary>
    public required IReadOnlyDictionary<string, string> Environment { get; init; }
    public required IReadOnlyList<string> Profiles { get; init; }

    /// <summary>Which variables each value was interpolated from; -Variable and -Provenance list them.</summary>
    public required VariableUses Uses { get; init; }

    /// <summary>Returns where a variable was set: the environment, a line of a .env file, or a default.</summary>
    public required Func<string, Origin> VariableOrigin { get; init; }
}
