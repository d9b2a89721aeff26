namespace Compose.Model;

/// <summary>Who waits for whom, and the orders that follow from it.</summary>
internal sealed class DependencyGraph(IReadOnlyDictionary<string, ServiceDefinition> services)
{
    /// <summary>The direct dependencies of a service that are in the graph.</summary>
    public IEnumerable<string> DependenciesOf(string name) =>
        services.TryGetValue(name, out var service) ? service.DependsOn.Keys.Where(services.ContainsKey) : [];

    /// <summary>The services that wait for this one.</summary>
    public IEnumerable<string> DependentsOf(string name) =>
        services.Values.Where(service => service.DependsOn.ContainsKey(name)).Select(service => service.Name);

    /// <summary>The names and everything they depend on, through any number of steps.</summary>
    public HashSet<string> WithDependencies(IEnumerable<string> names) => Closure(names, DependenciesOf);

    /// <summary>The names and everything that depends on them.</summary>
    public HashSet<string> WithDependents(IEnumerable<string> names) => Closure(names, DependentsOf);

    /// <summary>Dependencies before dependents, otherwise in the order of the file. A cycle is broken where it is met.</summary>
    public IReadOnlyList<string> InOrder()
    {
        var order = new List<string>();
        var visited = new HashSet<string>(StringComparer.Ordinal);
        foreach (var name in services.Keys)
            Visit(name);
        return order;

        void Visit(string name)
        {
            if (!visited.Add(name))
                return;
            foreach (var dependency in DependenciesOf(name))
                Visit(dependency);
            order.Add(name);
        }
    }

    /// <summary>A cycle as a path whose last name is its first, or null.</summary>
    public IReadOnlyList<string>? FindCycle()
    {
        var done = new HashSet<string>(StringComparer.Ordinal);
        var path = new List<string>();
        foreach (var name in services.Keys)
        {
            if (Search(name) is { } cycle)
                return cycle;
        }

        return null;

        IReadOnlyList<string>? Search(string name)
        {
            var at = path.IndexOf(name);
            if (at >= 0)
                return [.. path.Skip(at), name];
            if (!done.Add(name))
                return null;
            path.Add(name);
            foreach (var dependency in DependenciesOf(name))
            {
                if (Search(dependency) is { } cycle)
                    return cycle;
            }

            path.RemoveAt(path.Count - 1);
            return null;
        }
    }

    private static HashSet<string> Closure(IEnumerable<string> names, Func<string, IEnumerable<string>> next)
    {
        var reached = new HashSet<string>(StringComparer.Ordinal);
        var open = new Stack<string>(names);
        while (open.Count > 0)
        {
            var name = open.Pop();
            if (!reached.Add(name))
                continue;
            foreach (var neighbour in next(name))
                open.Push(neighbour);
        }

        return reached;
    }
}
