using System.Globalization;
using Compose.State;

namespace Compose.Plan;

/// <summary>Steps that several planners make alike.</summary>
internal static class Steps
{
    public static StopContainer Stop(ObservedContainer container, string cause, TimeSpan? timeout) => new()
    {
        Target = Targets.Container(container), Cause = cause, Container = container.Name, Service = container.Service, Impact = "Downtime",
        Timeout = timeout is { } grace ? (int)Math.Ceiling(grace.TotalSeconds) : null,
        Reference = ContainerReference.Existing(container), Paused = container.State == "paused",
    };

    public static RemoveContainer Remove(ObservedContainer container, string cause, bool volumes) => new()
    {
        Target = Targets.Container(container), Cause = cause, Container = container.Name, Service = container.Service, Volumes = volumes,
        Reference = ContainerReference.Existing(container),
    };
}

/// <summary>How a plan names what it acts on.</summary>
internal static class Targets
{
    public static string Replica(string service, int number) => string.Format(CultureInfo.InvariantCulture, "service:{0}:{1}", service, number);

    public static string Container(ObservedContainer container) =>
        container.IsReplica && container.Number > 0 ? Replica(container.Service, container.Number) : "container:" + container.Name;

    public static string ContainerName(string project, string service, int number) =>
        string.Format(CultureInfo.InvariantCulture, "{0}-{1}-{2}", project, service, number);
}
