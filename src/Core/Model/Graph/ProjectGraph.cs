namespace Compose.Model.Graph;

/// <summary>A project as nodes (services, networks, volumes) and edges between them, in the order of the file.</summary>
/// <param name="Name">The project's name.</param>
/// <param name="Nodes">What there is.</param>
/// <param name="Edges">What goes with what.</param>
internal sealed record ProjectGraph(string Name, IReadOnlyList<GraphNode> Nodes, IReadOnlyList<GraphEdge> Edges)
{
    public static ProjectGraph Of(ComposeProject project, GraphOptions options)
    {
        var nodes = project.Services.Values.Select(service =>
            new GraphNode(GraphKind.Service, service.Name, ServiceLines(service, options), false)).ToList();
        var edges = new List<GraphEdge>();
        foreach (var service in project.Services.Values)
        {
            edges.AddRange(service.DependsOn.Where(pair => project.Services.ContainsKey(pair.Key))
                .Select(pair =>
                    new GraphEdge(
                        Id(GraphKind.Service, service.Name), Id(GraphKind.Service, pair.Key), Label(pair.Value),
                        pair.Value.Required ? EdgeKind.Dependency : EdgeKind.OptionalDependency)));
            if (options.Networks && service.NetworkMode is null)
                edges.AddRange(
                    service.Networks.Keys.Where(project.Networks.ContainsKey)
                        .Select(key =>
                            new GraphEdge(
                                Id(GraphKind.Service, service.Name), Id(GraphKind.Network, key), "", EdgeKind.Membership)));
            if (options.Volumes)
            {
                edges.AddRange(
                    service.Volumes.Where(mount =>
                        mount.Type == "volume" && mount.Source is not null && project.Volumes.ContainsKey(mount.Source))
                    .Select(mount =>
                        new GraphEdge(
                            Id(GraphKind.Service, service.Name), Id(GraphKind.Volume, mount.Source!),
                            mount.Target + (mount.ReadOnly ? " (read only)" : ""), EdgeKind.Mount)));
            }
        }

        if (options.Networks)
            nodes.AddRange(
                project.Networks.Values.Select(network =>
                    new GraphNode(GraphKind.Network, network.Key, Lines(network.Key, network.External), network.External)));
        if (options.Volumes)
            nodes.AddRange(
                project.Volumes.Values.Select(volume =>
                    new GraphNode(GraphKind.Volume, volume.Key, Lines(volume.Key, volume.External), volume.External)));
        return new ProjectGraph(project.Name, nodes, edges);
    }

    /// <summary>A node's name, unlike any other's.</summary>
    public static string Id(GraphKind kind, string key) => $"{kind.ToString().ToLowerInvariant()}:{key}";

    private static IReadOnlyList<string> ServiceLines(ServiceDefinition service, GraphOptions options)
    {
        var lines = new List<string> { service.Replicas > 1 ? $"{service.Name} ×{service.Replicas}" : service.Name };
        if (options.Images && (service.Image ?? (service.Build is null ? null : "(built)")) is { } image)
            lines.Add(image);
        if (options.Ports)
            lines.AddRange(
                service.Ports.Select(port => port.HostIP is { Length: > 0 } address ? $"{address}:{port}" : port.ToString()));
        return lines;
    }

    private static IReadOnlyList<string> Lines(string key, bool external) => external ? [key, "(external)"] : [key];

    /// <summary>What a dependent waits for beyond a start.</summary>
    private static string Label(DependencyDefinition dependency)
    {
        var condition = dependency.Condition switch
        {
            "service_healthy" => "healthy",
            "service_completed_successfully" => "completed",
            _ => "",
        };
        return string.Join(", ", new[] { condition, dependency.Restart ? "restart" : "" }.Where(word => word.Length > 0));
    }
}

/// <summary>What a graph shows besides services and their dependencies.</summary>
internal sealed record GraphOptions(bool Networks = true, bool Volumes = true, bool Images = false, bool Ports = false);

internal enum GraphKind
{
    Service,
    Network,
    Volume,
}

internal enum EdgeKind
{
    Dependency,

    /// <summary>One that may be missing (<c>required: false</c>).</summary>
    OptionalDependency,
    Membership,
    Mount,
}

/// <summary>Something of the project.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Key">Its key in the file.</param>
/// <param name="Lines">What is written in it, its name first.</param>
/// <param name="External">Whether the project only uses it.</param>
internal sealed record GraphNode(GraphKind Kind, string Key, IReadOnlyList<string> Lines, bool External)
{
    public string Id => ProjectGraph.Id(Kind, Key);
}

internal sealed record GraphEdge(string From, string To, string Label, EdgeKind Kind);
