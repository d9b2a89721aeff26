namespace Compose.Model.Graph;

/// <summary>A project as nodes (services, networks, volumes) and edges between them, in the order of the file.</summary>
/// <param name="Name">The project's name.</param>
/// <param name="Nodes">The services, networks and volumes.</param>
/// <param name="Edges">The dependencies, network memberships and mounts.</param>
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

    /// <summary>A node's id, which is unique across kinds.</summary>
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

    /// <summary>The label of a dependency with another condition than service_started, or with <c>restart</c>.</summary>
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

/// <summary>What to show besides services and their dependencies.</summary>
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

    /// <summary>A dependency with <c>required: false</c>.</summary>
    OptionalDependency,
    Membership,
    Mount,
}

/// <summary>A service, network or volume in the graph.</summary>
/// <param name="Kind">The kind of node.</param>
/// <param name="Key">The key in the compose file.</param>
/// <param name="Lines">The lines of its text, the name first.</param>
/// <param name="External">Whether it is <c>external</c>.</param>
internal sealed record GraphNode(GraphKind Kind, string Key, IReadOnlyList<string> Lines, bool External)
{
    public string Id => ProjectGraph.Id(Kind, Key);
}

internal sealed record GraphEdge(string From, string To, string Label, EdgeKind Kind);
