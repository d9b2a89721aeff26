using Compose.Model;
using Compose.State;

namespace Compose.Plan.Prepare;

/// <summary>The dependencies of services: from the files, or else from the depends_on labels of existing containers.</summary>
internal sealed class DependencyOrder
{
    private readonly Dictionary<string, IReadOnlyList<ServiceDependency>> _dependencies;

    public DependencyOrder(IEnumerable<ObservedContainer> containers, ComposeProject? project = null)
    {
        _dependencies = containers.Where(container => container.IsReplica)
            .GroupBy(container => container.Service)
            .ToDictionary(
                group => group.Key,
                group => Parse(group.OrderByDescending(container => container.Created).First().Label(ComposeLabels.DependsOn)));
        foreach (var service in project?.Services.Values ?? [])
            _dependencies[service.Name] = [
                .. service.DependsOn.Select(pair =>
                    new ServiceDependency(pair.Key, pair.Value.Condition, pair.Value.Restart, pair.Value.Required))];
    }

    public IReadOnlyList<ServiceDependency> Dependencies(string service) =>
        _dependencies.TryGetValue(service, out var dependencies) ? dependencies : [];

    public bool DependsOn(string service, string dependency) => Dependencies(service).Any(entry => entry.Service == dependency);

    /// <summary>The services, and all that restart with them by <c>restart: true</c>, directly or not.</summary>
    public IReadOnlyCollection<string> WithRestarted(IEnumerable<string> services)
    {
        var reached = new HashSet<string>(services, StringComparer.Ordinal);
        var open = new Stack<string>(reached);
        var restarted = _dependencies
            .SelectMany(pair => pair.Value.Where(entry => entry.Restart).Select(entry => (entry.Service, Dependent: pair.Key)))
            .ToLookup(pair => pair.Service, pair => pair.Dependent, StringComparer.Ordinal);
        while (open.Count > 0)
        {
            var name = open.Pop();
            foreach (var dependent in restarted[name].Where(reached.Add))
                open.Push(dependent);
        }

        return reached;
    }

    /// <summary>The services and all their dependencies, direct or not.</summary>
    public IReadOnlyCollection<string> WithDependencies(IEnumerable<string> services)
    {
        var reached = new HashSet<string>(services, StringComparer.Ordinal);
        var open = new Stack<string>(reached);
        while (open.Count > 0)
        {
            foreach (var dependency in Dependencies(open.Pop()).Where(dependency => reached.Add(dependency.Service)))
                open.Push(dependency.Service);
        }

        return reached;
    }

    /// <summary>The services in order: dependencies first, otherwise by name.</summary>
    public IReadOnlyList<string> DependenciesFirst(IEnumerable<string> services)
    {
        var wanted = new HashSet<string>(services, StringComparer.Ordinal);
        var order = new List<string>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        // Not recursive: a long chain of dependencies would overflow the thread's stack.
        var path = new Stack<(string Service, IEnumerator<ServiceDependency> Dependencies)>();
        foreach (var service in wanted.OrderBy(name => name, StringComparer.Ordinal))
        {
            Enter(service);
            while (path.Count > 0)
            {
                var (current, dependencies) = path.Peek();
                if (dependencies.MoveNext())
                {
                    Enter(dependencies.Current.Service);
                    continue;
                }

                path.Pop();
                if (wanted.Contains(current))
                    order.Add(current);
            }
        }

        return order;

        void Enter(string service)
        {
            if (seen.Add(service))
                path.Push((service, Dependencies(service)
                    .OrderBy(entry => entry.Service, StringComparer.Ordinal).GetEnumerator()));
        }
    }

    /// <summary><c>db:service_healthy:false,cache:service_started:false</c>.</summary>
    internal static IReadOnlyList<ServiceDependency> Parse(string? label) =>
    [
        .. (label ?? "").Split([','], StringSplitOptions.RemoveEmptyEntries).Select(entry => entry.Split(':'))
            .Select(parts =>
                new ServiceDependency(
                    parts[0], parts.Length > 1 ? parts[1] : "service_started", parts.Length > 2 && parts[2] == "true")),
    ];
}

/// <summary>One entry of depends_on. Labels do not say whether it is required.</summary>
internal sealed record ServiceDependency(string Service, string Condition, bool Restart, bool Required = true);
