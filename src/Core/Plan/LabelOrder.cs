using Compose.State;

namespace Compose.Plan;

/// <summary>Dependencies as the depends_on labels of existing containers tell them.</summary>
internal sealed class LabelOrder
{
    private readonly Dictionary<string, IReadOnlyList<(string Service, string Condition)>> _dependencies;

    public LabelOrder(IEnumerable<ObservedContainer> containers) => _dependencies = containers.Where(container => container.IsReplica)
        .GroupBy(container => container.Service)
        .ToDictionary(group => group.Key, group => Parse(group.OrderByDescending(container => container.Created).First().Label(ComposeLabels.DependsOn)));

    public IReadOnlyList<(string Service, string Condition)> Dependencies(string service) =>
        _dependencies.TryGetValue(service, out var dependencies) ? dependencies : [];

    public bool DependsOn(string service, string dependency) => Dependencies(service).Any(entry => entry.Service == dependency);

    /// <summary>The services, each after what it depends on, otherwise by name.</summary>
    public IReadOnlyList<string> DependenciesFirst(IEnumerable<string> services)
    {
        var wanted = new HashSet<string>(services, StringComparer.Ordinal);
        var order = new List<string>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var service in wanted.OrderBy(name => name, StringComparer.Ordinal))
            Visit(service);
        return order;

        void Visit(string service)
        {
            if (!seen.Add(service))
                return;
            foreach (var (dependency, _) in Dependencies(service).OrderBy(entry => entry.Service, StringComparer.Ordinal))
                Visit(dependency);
            if (wanted.Contains(service))
                order.Add(service);
        }
    }

    /// <summary><c>db:service_healthy:false,cache:service_started:false</c>.</summary>
    private static IReadOnlyList<(string Service, string Condition)> Parse(string? label) =>
    [
        .. (label ?? "").Split([','], StringSplitOptions.RemoveEmptyEntries).Select(entry => entry.Split(':'))
            .Select(parts => (parts[0], parts.Length > 1 ? parts[1] : "service_started")),
    ];
}
