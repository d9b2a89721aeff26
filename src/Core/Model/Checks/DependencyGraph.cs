namespace Compose.Model.Checks;

/// <summary>Who waits for whom, and the orders that follow from it.</summary>
internal sealed class DependencyGraph(IReadOnlyDictionary<string, ServiceDefinition> services)
{
    /// <summary>The direct dependencies of a service that are in the graph.</summary>
    public IEnumerable<string> DependenciesOf(string name) =>
        services.TryGetValue(name, out var service) ? service.DependsOn.Keys.Where(services.ContainsKey) : [];

    /// <summary>The names and everything they depend on, through any number of steps.</summary>
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

    /// <summary>Dependencies before dependents, otherwise in the order of the file. A cycle is broken where it is met.</summary>
    public IReadOnlyList<string> InOrder()
    {
        var order = new List<string>();
        Walk(order.Add, _ => false);
        return order;
    }

    /// <summary>A cycle as a path whose last name is its first, or null.</summary>
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

    /// <summary>Depth first, with a stack of its own: a chain may be longer than the thread's stack.</summary>
    /// <param name="leave">Takes each service after all it depends on.</param>
    /// <param name="onCycle">Takes each cycle; true ends the walk.</param>
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
