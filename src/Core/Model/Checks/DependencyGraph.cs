namespace Compose.Model.Checks;

/// <summary>The dependencies between services: transitive dependencies, start order, cycles.</summary>
internal sealed class DependencyGraph(IReadOnlyDictionary<string, ServiceDefinition> services)
{
    /// <summary>A service's direct dependencies, without those that are not in the graph.</summary>
    public IEnumerable<string> DependenciesOf(string name) =>
        services.TryGetValue(name, out var service) ? service.DependsOn.Keys.Where(services.ContainsKey) : [];

    /// <summary>The named services and all their direct and indirect dependencies.</summary>
    public HashSet<string> WithDependencies(IEnumerable<string> names)
    {
        var reached = new HashSet<string>(StringComparer.Ordinal);
        var open = new Stack<string>(names);
        while (open.Count > 0)
        {
            var name = open.Pop();
            if (!reached.Add(name))
                continue;
            foreach (var dependency in DependenciesOf(name))
                open.Push(dependency);
        }

        return reached;
    }

    /// <summary>All services, dependencies first, otherwise in file order. The edge that closes a cycle is ignored.</summary>
    public IReadOnlyList<string> InOrder()
    {
        var order = new List<string>();
        Walk(order.Add, _ => false);
        return order;
    }

    /// <summary>A cycle as a path whose last name equals its first, or null.</summary>
    public IReadOnlyList<string>? FindCycle()
    {
        IReadOnlyList<string>? cycle = null;
        Walk(_ => { }, path =>
        {
            cycle = path;
            return true;
        });
        return cycle;
    }

    /// <summary>Walks the graph depth first, without recursion, because a long chain could overflow the stack.</summary>
    /// <param name="leave">Called with each service after its dependencies.</param>
    /// <param name="onCycle">Called with each cycle; returns true to end the walk.</param>
    private void Walk(Action<string> leave, Func<IReadOnlyList<string>, bool> onCycle)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var open = new HashSet<string>(StringComparer.Ordinal);
        var path = new List<(string Name, IEnumerator<string> Dependencies)>();
        foreach (var name in services.Keys)
        {
            Enter(name);
            while (path.Count > 0)
            {
                var (current, dependencies) = path[path.Count - 1];
                if (!dependencies.MoveNext())
                {
                    path.RemoveAt(path.Count - 1);
                    open.Remove(current);
                    leave(current);
                }
                else if (open.Contains(dependencies.Current))
                {
                    var start = path.FindIndex(step => step.Name == dependencies.Current);
                    if (onCycle([.. path.Skip(start).Select(step => step.Name), dependencies.Current]))
                        return;
                }
                else
                {
                    Enter(dependencies.Current);
                }
            }
        }

        void Enter(string name)
        {
            if (!seen.Add(name))
                return;
            open.Add(name);
            path.Add((name, DependenciesOf(name).GetEnumerator()));
        }
    }
}
