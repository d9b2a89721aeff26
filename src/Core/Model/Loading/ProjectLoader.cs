using Compose.Files;
using Compose.Files.Checks;
using Compose.Model.Binding;
using Compose.Model.Checks;

namespace Compose.Model.Loading;

/// <summary>Loads a project: merges the files, binds records, applies profiles and selection, checks references.</summary>
internal static class ProjectLoader
{
    /// <summary>
    /// The value of COMPOSE_PROJECT_NAME if there are no compose files; null if there are, or if it is not set.
    /// </summary>
    public static string? NameWithoutFiles(LoadRequest request)
    {
        var isNamed = request.Environment.TryGetValue("COMPOSE_PROJECT_NAME", out var name) && name.Length > 0;
        return isNamed && !ComposeLoader.HasFiles(request) ? name : null;
    }

    public static LoadResult Load(LoadRequest request)
    {
        var diagnostics = new DiagnosticBag();
        if (ComposeLoader.Load(request, diagnostics) is not { } tree)
            return new LoadResult(null, diagnostics.All);

        var project = Bind(tree, request) with { HasVariables = !request.Interpolation };
        if (!request.Normalization)
            project = WithoutNormalization.Of(project, tree.Root);
        var enabled = ServiceSelection.Enable(project, request, tree.Profiles, diagnostics);
        if (request.Consistency && request.Interpolation)
            ConsistencyCheck.Run(enabled, diagnostics);
        var selected = ServiceFiles.Read(ServiceSelection.Narrow(enabled, request), tree, request, diagnostics);
        if (request is { Consistency: true, Interpolation: true, ForCreation: true })
            ConsistencyCheck.ContainerNames(selected, diagnostics);
        if (!request.AllResources)
            selected = UnusedResources.Prune(selected);
        return new LoadResult(diagnostics.HasErrors ? null : selected, diagnostics.All);
    }

    private static ComposeProject Bind(ComposeTree tree, LoadRequest request)
    {
        var (services, origins) = ServiceVariables.Apply(tree, request);
        var project = new ComposeProject
        {
            Name = tree.ProjectName,
            WorkingDirectory = tree.WorkingDirectory,
            Files = tree.Files,
            EnvironmentFiles = tree.EnvironmentFiles,
            Environment = tree.Environment,
            Services = services.ToDictionary(service => service.Name, StringComparer.Ordinal),
            Networks = tree.Root.Each("networks", (entry, node) => TopLevelBinder.Network(tree.ProjectName, entry, node)),
            Volumes = tree.Root.Each("volumes", (entry, node) => TopLevelBinder.Volume(tree.ProjectName, entry, node)),
            Secrets = tree.Root.Each("secrets", (entry, node) => FileObjectBinder.Bind(tree, entry, node)),
            Configs = tree.Root.Each("configs", (entry, node) => FileObjectBinder.Bind(tree, entry, node)),
            Models = tree.Root.Each("models", TopLevelBinder.Model),
            Tree = tree.Root,
            Uses = tree.Uses,
            VariableOrigin = tree.VariableOrigin,
            ValueOrigins = origins,
            Extensions = [.. tree.Root.Entries.Where(entry => entry.Name.StartsWith("x-", StringComparison.Ordinal))],
        };
        return WithDefaultNetwork(project);
    }

    private static ComposeProject WithDefaultNetwork(ComposeProject project)
    {
        if (project.Networks.ContainsKey("default")
            || !project.Services.Values.Any(service => service.Networks.ContainsKey("default")))
            return project;
        var networks = project.Networks.ToDictionary(network => network.Key, network => network.Value, StringComparer.Ordinal);
        networks["default"] = new NetworkDefinition
        {
            Key = "default",
            Name = project.Name + "_default",
            Origin = new Origin(null, 0, 0, 0, OriginLayer.Default),
        };
        return project with { Networks = networks };
    }
}
