using Compose.Errors;
using Compose.Files;
using Compose.Files.Canonical;
using Compose.Files.Checks;
using Compose.Files.Interpolation;
using Compose.Files.Reading;
using Compose.Files.Schema;
using Compose.Model.Binding;
using Compose.Yaml;

namespace Compose.Model.Loading;

/// <summary>Ports, mounts and variables from parameters of Invoke-ComposeRun, parsed like the short forms of the files.</summary>
internal sealed record ServiceOverrides
{
    public IReadOnlyList<PortDefinition> Ports { get; private init; } = [];
    public IReadOnlyList<MountDefinition> Volumes { get; private init; } = [];

    /// <summary>Variables of environment files; a later file overrides an earlier one.</summary>
    public IReadOnlyDictionary<string, string?> Environment { get; private init; } = new Dictionary<string, string?>();

    /// <summary>Parses the parameters. Diagnostics have no position, except those of environment files.</summary>
    /// <param name="texts">The parameters' values.</param>
    /// <param name="project">The project, whose variables the environment files may use.</param>
    /// <param name="diagnostics">Receives the problems.</param>
    public static ServiceOverrides Read(OverrideTexts texts, ComposeProject project, DiagnosticBag diagnostics)
    {
        var paths = new PathResolver(texts.WorkingDirectory, texts.HomeDirectory, diagnostics);
        var tree = YamlMapping.At(Placeless(null), ("ports", List(texts.Ports)), ("volumes", List(texts.Volumes)));
        var shape = Shapes.Section(ServiceSection.Service);
        var canonical = new Canonicalizer(diagnostics, paths).Convert(tree, shape) as YamlMapping ?? tree;
        return new ServiceOverrides
        {
            Ports = [.. canonical.Maps("ports").Select(PortBinder.Bind)],
            Volumes = [
                .. canonical.Maps("volumes")
                .Select(MountBinder.Bind)
                .Select(mount =>
                    mount.Type == "bind" && mount.Source is { } source
                        ? mount with { Source = paths.ResolveMount(source) }
                        : mount)],
            Environment = Variables(texts.EnvironmentFiles, project, diagnostics),
        };
    }

    private static Dictionary<string, string?> Variables(
        IReadOnlyList<string> files, ComposeProject project, DiagnosticBag diagnostics)
    {
        var variables = new Dictionary<string, string?>(StringComparer.Ordinal);
        foreach (var file in files)
        {
            if (SourceFile.TryReadVariables(file, diagnostics, out var problem, passed: true) is not { } text)
            {
                diagnostics.Add(
                    DiagnosticSeverity.Error, FileErrors.EnvFileNotFound, $"The environment file cannot be read: {problem}",
                    file);
                continue;
            }

            var problems = new List<DotEnvFile.Problem>();
            foreach (var entry in DotEnvFile.Parse(
                text, name => project.Environment.TryGetValue(name, out var value) ? value : null, problems, variables))
                variables[entry.Key] = entry.Value;
            foreach (var wrong in problems)
                diagnostics.Add(DiagnosticSeverity.Error, FileErrors.BadEnvFile, wrong.Message, file, wrong.Line, wrong.Column);
        }

        return variables;
    }

    private static YamlSequence List(IReadOnlyList<string> texts) =>
        YamlSequence.At(Placeless(null), [.. texts.Select(Placeless)]);

    private static YamlScalar Placeless(string? text) => new() { Value = text, Text = text ?? "" };
}

/// <summary>The values of the parameters that override a service, as written.</summary>
internal sealed record OverrideTexts
{
    /// <summary>The base of relative paths.</summary>
    public required string WorkingDirectory { get; init; }
    public string? HomeDirectory { get; init; }
    public bool Windows { get; init; }

    /// <summary>Ports such as <c>8080:80</c>.</summary>
    public IReadOnlyList<string> Ports { get; init; } = [];

    /// <summary>Mounts such as <c>./data:/data:ro</c>.</summary>
    public IReadOnlyList<string> Volumes { get; init; } = [];

    /// <summary>Absolute paths of environment files.</summary>
    public IReadOnlyList<string> EnvironmentFiles { get; init; } = [];
}
