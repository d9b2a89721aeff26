using Compose.Files.Interpolation;
using Compose.Yaml;

namespace Compose.Files;

/// <summary>The files of a project as one merged tree in long form, every node with its place.</summary>
internal sealed record ComposeTree
{
    public required YamlMapping Root { get; init; }
    public required string ProjectName { get; init; }
    public required string WorkingDirectory { get; init; }
    public required IReadOnlyList<string> Files { get; init; }
    public required IReadOnlyList<string> EnvironmentFiles { get; init; }

    /// <summary>What variables are looked up in: the request's environment, then .env.</summary>
    public required IReadOnlyDictionary<string, string> Environment { get; init; }
    public required IReadOnlyList<string> Profiles { get; init; }

    /// <summary>The variables the values were made of.</summary>
    public required VariableUses Uses { get; init; }

    /// <summary>Where a variable of the environment came from.</summary>
    public required Func<string, Origin> VariableOrigin { get; init; }
}
