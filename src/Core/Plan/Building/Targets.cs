using System.Globalization;
using Compose.State;

namespace Compose.Plan.Building;

/// <summary>The names of what a plan changes: services, replicas, containers.</summary>
internal static class Targets
{
    public static string Service(string service) => "service:" + service;

    public static string Replica(string service, int number) =>
        string.Format(CultureInfo.InvariantCulture, "service:{0}:{1}", service, number);

    public static string Container(ObservedContainer container) =>
        container.IsReplica && container.Number > 0
            ? Replica(container.Service, container.Number)
            : "container:" + container.Name;

    public static string Container(ComposeContainer container) =>
        !container.OneOff && container.Replica > 0
            ? Replica(container.Service, container.Replica)
            : "container:" + container.Container;

    public static string ContainerName(string project, string service, int number, string separator = "-") =>
        string.Join(separator, project, service, number.ToString(CultureInfo.InvariantCulture));
}
