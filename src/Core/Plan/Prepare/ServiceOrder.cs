using Compose.Errors;
using Compose.Files.Canonical;
using Compose.Model;
using Compose.Model.Checks;
using Compose.Plan.Input;
using Compose.Plan.Requests;
using Compose.State;

namespace Compose.Plan.Prepare;

/// <summary>The services of a run, their order, and which of them share something.</summary>
internal static class ServiceOrder
{
    /// <summary>The services asked for and their dependencies: dependencies first, otherwise in the order of the file.</summary>
    public static IReadOnlyList<ServiceDefinition> Selected(ComposeProject project, UpOptions options)
    {
        foreach (var name in options.Services.Concat(options.Scale.Keys))
        {
            if (!project.Services.ContainsKey(name))
                throw PlanErrors.ServiceNotDefined.Exception($"There is no service '{name}' in project '{project.Name}'.", name);
        }

        var graph = new DependencyGraph(project.Services);
        var chosen = options.Services.Count == 0 ? [.. project.Services.Keys]
            : options.NoDependencies ? [.. options.Services]
            : graph.WithDependencies(options.Services);
        return [.. graph.InOrder().Where(chosen.Contains).Select(name => project.Services[name])];
    }

    /// <summary>The services whose namespaces a service shares. Each start of theirs creates new namespaces.</summary>
    public static IEnumerable<string> Namespaces(ServiceDefinition service) =>
        new[] { service.NetworkMode, service.Ipc, service.Pid }.Select(ServiceName.In).OfType<string>().Distinct();

    /// <summary>The services whose volumes a service mounts.</summary>
    public static IEnumerable<string> VolumesFrom(ServiceDefinition service) =>
        service.VolumesFrom
            .Where(from => !from.StartsWith("container:", StringComparison.Ordinal))
            .Select(from => from.Split(':')[0])
            .Distinct();

    /// <summary>The services whose namespaces or volumes a service shares.</summary>
    public static IEnumerable<string> Parents(ServiceDefinition service) =>
        Namespaces(service).Concat(VolumesFrom(service)).Distinct();

    /// <summary>The existing containers whose namespaces and volumes a service shares, by service.</summary>
    public static IReadOnlyDictionary<string, ContainerReference> ParentContainers(
        ServiceDefinition service, ObservedState state) =>
        ParentContainers(service, name => FirstReplica(state, name));

    /// <summary>
    /// The containers whose namespaces and volumes a service shares, by service; a parent without a container is left out.
    /// </summary>
    /// <param name="service">The service that shares.</param>
    /// <param name="first">The first container of a service, which is the one to share with; null if it has none.</param>
    public static IReadOnlyDictionary<string, ContainerReference> ParentContainers(
        ServiceDefinition service, Func<string, ContainerReference?> first)
    {
        var containers = new Dictionary<string, ContainerReference>(StringComparer.Ordinal);
        foreach (var name in Parents(service))
        {
            if (first(name) is { } container)
                containers.Add(name, container);
        }

        return containers;
    }

    /// <summary>The first existing replica of a service; null if there is none.</summary>
    public static ContainerReference? FirstReplica(ObservedState state, string service) =>
        state.Replicas(service) is { Count: > 0 } replicas ? ContainerReference.Existing(replicas[0]) : null;

    /// <summary>
    /// The services a container is linked to on the default bridge. Such a link is to one container, and ends when that is
    /// removed.
    /// </summary>
    public static IEnumerable<string> Bound(ServiceDefinition service) =>
        service.NetworkMode == "bridge" ? service.Links.Select(link => EndpointTranslation.Link(link).Service).Distinct() : [];
}
