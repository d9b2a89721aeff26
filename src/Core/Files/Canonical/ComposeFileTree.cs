using Compose.Errors;
using Compose.Files.Checks;
using Compose.Files.Interpolation;
using Compose.Files.Merging;
using Compose.Files.Reading;
using Compose.Files.Schema;
using Compose.Yaml;

namespace Compose.Files.Canonical;

/// <summary>Converts a document to long form and resolves its <c>include</c> and <c>extends</c>.</summary>
internal sealed class ComposeFileTree(
    LoadRequest request,
    ProjectEnvironment environment,
    DiagnosticBag diagnostics,
    FileReader reader,
    TreeMerger merger,
    VariableUses uses,
    bool isIncluded = false)
{
    private static readonly Shape ProjectShape = new SectionShape(ComposeSchema.Project);

    /// <param name="document">The document as written.</param>
    /// <param name="directory">The base of its relative paths.</param>
    /// <param name="including">The included files that lead to this document, outermost first, to detect cycles.</param>
    public YamlMapping Prepare(YamlMapping document, string directory, IReadOnlyList<string> including)
    {
        var keepsPaths = !request.PathResolution && including.Count == 0;
        var tree = Canonical(document, directory, keepsPaths);
        tree = Include(tree, directory, including);
        tree = new ExtendsResolver(diagnostics, (file, place) =>
            FullPath.Of(directory, file) is { } full ? LoadServices(full, place) : null).Resolve(tree);
        return ServicePaths.DefaultContexts(tree, keepsPaths ? "." : directory);
    }

    private YamlMapping Canonical(YamlMapping document, string directory, bool keepsPaths = false)
    {
        var expanded = request.Interpolation
            ? (YamlMapping)new VariableExpansion(name => environment[name], diagnostics, AddUse).Expand(document)
            : document;
        if (isIncluded)
            expanded = new IncludedVariables(environment, uses).Resolve(expanded);
        var convertsDrives = request.Windows && environment.IsOn("COMPOSE_CONVERT_WINDOWS_PATHS");
        var paths = new PathResolver(directory, Home, diagnostics, convertsDrives, keepsPaths);
        var canonicalizer = new Canonicalizer(diagnostics, paths, keepsTemplates: !request.Interpolation);
        var canonical = canonicalizer.Convert(expanded, ProjectShape) as YamlMapping ?? document;
        return ServicePaths.Resolve(canonical, paths);
    }

    private void AddUse(YamlScalar place, VariableReference reference) =>
        uses.Add(new(place, reference, environment.OriginOf(reference.Name)));

    private string? Home => environment["HOME"] ?? environment["USERPROFILE"];

    /// <summary>The services of another file, for <c>extends</c>, in long form; its includes are ignored.</summary>
    private YamlMapping? LoadServices(string file, YamlNode place)
    {
        var directory = Path.GetDirectoryName(file)!;
        YamlMapping? root = null;
        foreach (var document in reader.Read(file, OriginLayer.Extends, place))
        {
            var tree = Canonical(document, directory);
            root = root is null ? tree : (YamlMapping)merger.Merge(root, tree, ProjectShape);
        }

        return root?["services"] as YamlMapping;
    }

    private YamlMapping Include(YamlMapping tree, string directory, IReadOnlyList<string> including)
    {
        if (tree["include"] is not YamlSequence includes)
            return tree;
        YamlMapping? included = null;
        foreach (var entry in includes.Items.OfType<YamlMapping>())
        {
            if (Included(entry, directory, including) is { } part)
                included = included is null ? part : (YamlMapping)merger.Merge(included, part, ProjectShape);
        }

        var rest = tree.Without("include");
        return included is null ? rest : (YamlMapping)merger.Merge(included, rest, ProjectShape);
    }

    /// <summary>Loads an entry of <c>include</c> as a project of its own: directory, variables, override files.</summary>
    private YamlMapping? Included(YamlMapping entry, string directory, IReadOnlyList<string> including)
    {
        var paths = new PathResolver(directory, Home, diagnostics);
        var files = Paths(entry["path"], paths);
        if (files.Count == 0)
        {
            diagnostics.Error(FileErrors.MissingAttribute, "An entry of 'include' needs the attribute 'path'.", entry);
            return null;
        }

        if (files.Any(file => FullPath.Of(directory, file) is null))
            return null;
        if (files.Any(including.Contains))
        {
            diagnostics.Error(
                FileErrors.IncludeCycle, $"The includes go in a circle: {string.Join(" -> ", including.Append(files[0]))}.",
                entry);
            return null;
        }

        var projectDirectory = entry["project_directory"] is YamlScalar { Value: string asked } place
            ? paths.Resolve(asked, place)
            : Path.GetDirectoryName(files[0]) ?? files[0];
        var variables = environment.Copy();
        var envFiles = Paths(entry["env_file"], paths).Where(file => file != "/dev/null").ToList();
        var names = entry.Has("env_file");
        IReadOnlyList<string> variableFiles = names ? envFiles : [FullPath.Of(projectDirectory, ".env") ?? projectDirectory];
        variables.AddFiles(variableFiles, required: names, entry["env_file"]);
        var inner = new ComposeFileTree(request, variables, diagnostics, reader, merger, uses, isIncluded: true);
        YamlMapping? root = null;
        foreach (var document in files.SelectMany(file => reader.Read(file, OriginLayer.Include, entry["path"])))
        {
            var tree = inner.Prepare(document, projectDirectory, [.. including, .. files]);
            root = root is null ? tree : (YamlMapping)merger.Merge(root, tree, ProjectShape);
        }

        return root?.Without("name").Without("version");
    }

    private static List<string> Paths(YamlNode? node, PathResolver paths) =>
        node is YamlSequence sequence
            ? [.. sequence.Items.OfType<YamlScalar>().Select(item => paths.Resolve(item.Text, item))]
            : [];
}
