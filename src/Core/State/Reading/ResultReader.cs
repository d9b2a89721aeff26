using System.Globalization;
using Compose.Engine.Dto;

namespace Compose.State.Reading;

/// <summary>Converts containers to result objects of projects and services.</summary>
internal static class ResultReader
{
    public static IReadOnlyList<ComposeProjectInfo> Projects(IEnumerable<ContainerSummary> containers, string engineHost) =>
    [
        .. containers.GroupBy(container => Label(container, ComposeLabels.Project))
            .OrderBy(group => group.Key, StringComparer.Ordinal)
            .Select(group => Project(group.Key, [.. group], engineHost)),
    ];

    /// <summary>A service, from its replicas.</summary>
    public static ComposeService Service(
        string engineHost, string projectName, string service, IReadOnlyList<ObservedContainer> replicas) =>
        new()
    {
        EngineHost = engineHost,
        ProjectName = projectName,
        Service = service,
        Running = replicas.Count(replica => replica.State == "running"),
        Total = replicas.Count,
        State = State(replicas),
        Health = Health(replicas),
        Image = replicas.OrderByDescending(replica => replica.Created).Select(replica => replica.Image).FirstOrDefault() ?? "",
        Ports = [.. replicas.SelectMany(replica => replica.Ports).Distinct()],
    };

    private static ComposeProjectInfo Project(string name, IReadOnlyList<ContainerSummary> containers, string engineHost)
    {
        var counted = containers.Where(container => Label(container, ComposeLabels.OneOff) != "True").ToList();
        var running = counted.Count(container => container.State == "running");
        var newest = containers.OrderByDescending(container => container.Created).First();
        return new ComposeProjectInfo
        {
            EngineHost = engineHost,
            ProjectName = name,
            Status = string.Join(
                ", ", counted.GroupBy(container => container.State).OrderBy(group => group.Key, StringComparer.Ordinal)
                .Select(group => string.Format(CultureInfo.InvariantCulture, "{0}({1})", group.Key, group.Count()))),
            State = running == 0 ? "Stopped" : running == counted.Count ? "Running" : "Partial",
            Containers = counted.Count,
            Running = running,
            Services = [
                .. counted.Select(container => Label(container, ComposeLabels.Service))
                .Distinct()
                .OrderBy(service => service, StringComparer.Ordinal)],
            ConfigFiles = Files(newest, ComposeLabels.ConfigFiles),
            EnvironmentFiles = Files(newest, ComposeLabels.EnvironmentFile),
            WorkingDirectory = Label(newest, ComposeLabels.WorkingDirectory) is { Length: > 0 } directory ? directory : null,
        };
    }

    private static string[] Files(ContainerSummary container, string label) =>
        Label(container, label).Split([','], StringSplitOptions.RemoveEmptyEntries);

    private static string State(IReadOnlyList<ObservedContainer> replicas)
    {
        var states = replicas.Select(replica => replica.State).Distinct().ToList();
        return states.Count == 0 ? "Missing"
            : states.Count == 1 ? ContainerMapping.Capitalized(states[0])
            : states.Contains("running") ? "Partial"
            : ContainerMapping.Capitalized(states[0]);
    }

    private static string Health(IReadOnlyList<ObservedContainer> replicas) =>
        replicas.Any(replica => replica.Health == "unhealthy") ? "Unhealthy"
        : replicas.Any(replica => replica.Health == "starting") ? "Starting"
        : replicas.Any(replica => replica.Health == "healthy") ? "Healthy"
        : "None";

    private static string Label(ContainerSummary container, string name) =>
        container.Labels is { } labels && labels.TryGetValue(name, out var value) ? value : "";
}
