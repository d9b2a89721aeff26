using Compose.Errors;
using Compose.Model;

namespace Compose.Plan;

/// <summary>Which services a run is about, and in which order; links and shared namespaces order like depends_on.</summary>
internal static class ServiceOrder
{
    /// <summary>The services asked for with what they depend on, dependencies first, else in the order of the file.</summary>
    public static IReadOnlyList<ServiceDefinition> Selected(ComposeProject project, UpOptions options)
    {
        foreach (var name in options.Services.Concat(options.Scale.Keys))
        {
            if (!project.Services.ContainsKey(name))
                throw PlanErrors.ServiceNotDefined.Exception($"There is no service '{name}' in project '{project.Name}'.", name);
        }

        var order = new List<ServiceDefinition>();
        var seen = new HashSet<string>();
        foreach (var name in options.Services.Count > 0 ? options.Services : [.. project.Services.Keys])
            Visit(name, options.Services.Count > 0 && options.NoDependencies);
        return order;

        void Visit(string name, bool alone)
        {
            if (!project.Services.TryGetValue(name, out var service) || !seen.Add(name))
                return;
            foreach (var dependency in alone ? [] : Dependencies(service).Keys)
                Visit(dependency, alone);
            order.Add(service);
        }
    }

    /// <summary>What a service depends on, said or implied.</summary>
    public static IReadOnlyDictionary<string, DependencyDefinition> Dependencies(ServiceDefinition service)
    {
        var dependencies = service.DependsOn.ToDictionary(pair => pair.Key, pair => pair.Value);
        foreach (var implied in Parents(service).Concat(service.Links.Select(link => link.Split(':')[0])))
        {
            if (!dependencies.ContainsKey(implied))
                dependencies[implied] = new DependencyDefinition { Condition = "service_started", Restart = true };
        }

        return dependencies;
    }

    /// <summary>The services whose namespaces or volumes a service shares.</summary>
    public static IEnumerable<string> Parents(ServiceDefinition service) =>
        new[] { service.NetworkMode, service.Ipc, service.Pid }
            .Where(mode => mode?.StartsWith("service:", StringComparison.Ordinal) == true)
            .Select(mode => mode!.Substring("service:".Length))
            .Concat(service.VolumesFrom.Where(from => !from.StartsWith("container:", StringComparison.Ordinal)).Select(from => from.Split(':')[0]))
            .Distinct();
}
