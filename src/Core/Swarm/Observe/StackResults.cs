using System.Globalization;
using Compose.Engine.Dto;
using Compose.State;

namespace Compose.Swarm.Observe;

/// <summary>Makes the result objects of what a swarm reports.</summary>
internal static class StackResults
{
    public static ComposeStackService Service(string engineHost, string stack, SwarmService service)
    {
        var (mode, desired) = Wanted(service);
        var status = service.ServiceStatus;
        var completed = mode is "ReplicatedJob" or "GlobalJob" ? (int)(status?.CompletedTasks ?? 0) : 0;
        var result = new ComposeStackService
        {
            EngineHost = engineHost,
            ProjectName = stack,
            Service = ObservedStack.ServiceOf(stack, service.Spec.Name),
            Name = service.Spec.Name,
            Id = service.Id,
            Mode = mode,
            Desired = desired,
            Running = (int)(status?.RunningTasks ?? 0),
            Completed = completed,
            Update = Capital(service.UpdateStatus?.State),
            UpdateMessage = service.UpdateStatus?.Message ?? "",
            Image = WithoutDigest(service.Spec.TaskTemplate.ContainerSpec.Image),
            Ports = Ports(service.Ports ?? service.Spec.EndpointSpec?.Ports),
            Created = service.CreatedAt?.UtcDateTime,
            Updated = service.UpdatedAt?.UtcDateTime,
        };
        return result with { State = State(result) };
    }

    public static ComposeTask Task(
        string engineHost, string stack, SwarmTask task, IReadOnlyDictionary<string, string> services,
        IReadOnlyDictionary<string, string> nodes)
    {
        var name = task.ServiceId is { } id && services.TryGetValue(id, out var found) ? found : task.ServiceId ?? "";
        var title = Name(task, name);
        return new ComposeTask
        {
            EngineHost = engineHost,
            ProjectName = stack,
            Service = ObservedStack.ServiceOf(stack, name),
            Task = title,
            Id = task.Id,
            Slot = (int)(task.Slot ?? 0),
            Desired = Capital(task.DesiredState),
            State = Capital(task.Status.State),
            Node = task.NodeId is { } node ? nodes.TryGetValue(node, out var host) ? host : node : "",
            NodeId = task.NodeId ?? "",
            Error = task.Status.Err ?? "",
            ExitCode = IsEnd(task.Status.State) ? (int?)task.Status.ExitCode : null,
            Container = task.Status.ContainerId is null ? "" : $"{title}.{task.Id}",
            ContainerId = task.Status.ContainerId ?? "",
            Image = WithoutDigest(task.Image),
            Ports = Ports(task.Status.Ports),
            Since = task.Status.Timestamp?.UtcDateTime,
            Created = task.CreatedAt?.UtcDateTime,
        };
    }

    /// <summary>The name of a task as docker shows it: by its slot, or in a global service by its node.</summary>
    public static string Name(SwarmTask task, string service) =>
        task.Slot is > 0 and var slot
            ? string.Format(CultureInfo.InvariantCulture, "{0}.{1}", service, slot)
            : $"{service}.{task.NodeId}";

    public static ComposeNode Node(string engineHost, SwarmNode node) => new()
    {
        EngineHost = engineHost,
        Node = node.Hostname ?? node.Id,
        NodeId = node.Id,
        Role = Capital(node.Role),
        Leader = node.ManagerStatus?.Leader ?? false,
        State = Capital(node.State),
        Availability = Capital(node.Availability),
        Reachability = Capital(node.ManagerStatus?.Reachability),
        Address = node.Address ?? "",
        EngineVersion = node.EngineVersion ?? "",
        Platform = node.Platform is { } platform ? $"{platform.OS}/{platform.Architecture}" : "",
        Cpus = (node.Resources?.NanoCPUs ?? 0) / 1e9,
        Memory = node.Resources?.MemoryBytes ?? 0,
        Labels = node.Labels ?? new Dictionary<string, string>(),
        Message = node.Message ?? "",
    };

    /// <summary>The mode of a service, and how many tasks it should have.</summary>
    public static (string Mode, int Desired) Wanted(SwarmService service) => service.Spec.Mode switch
    {
        { Global: not null } => ("Global", (int)(service.ServiceStatus?.DesiredTasks ?? 0)),
        { ReplicatedJob: { } job } => ("ReplicatedJob", (int)(job.TotalCompletions ?? job.MaxConcurrent ?? 1)),
        { GlobalJob: not null } =>
            ("GlobalJob", (int)((service.ServiceStatus?.DesiredTasks ?? 0) + (service.ServiceStatus?.CompletedTasks ?? 0))),
        { Replicated: { } replicated } => ("Replicated", (int)(replicated.Replicas ?? 1)),
        _ => ("Replicated", 1),
    };

    /// <summary>An image without the digest of a tag: <c>redis:7@sha256:…</c> is redis:7.</summary>
    public static string WithoutDigest(string? image) =>
        image is null ? "" : image.IndexOf('@') is >= 0 and var at ? image.Substring(0, at) : image;

    /// <summary>A word of the API as result objects have it: <c>rollback_completed</c> is RollbackCompleted.</summary>
    public static string Capital(string? word) =>
        string.Concat((word ?? "").Split('_').Where(part => part.Length > 0)
            .Select(part => char.ToUpperInvariant(part[0]) + part.Substring(1)));

    private static bool IsEnd(string? state) => state is "complete" or "failed" or "shutdown" or "rejected" or "orphaned";

    private static IReadOnlyList<PublishedPort> Ports(IReadOnlyList<SwarmPort>? ports) =>
        [
            .. (ports ?? []).Select(port =>
                new PublishedPort(
                    port.PublishedPort is null ? null : "*", port.PublishedPort, port.TargetPort ?? 0, port.Protocol ?? "tcp"))
            .OrderBy(port => port.ContainerPort).ThenBy(port => port.HostPort),
        ];

    private static string State(ComposeStackService service) => service switch
    {
        { Update: "Paused" or "RollbackPaused" } => "Paused",
        { Update: "RollbackStarted" } => "RollingBack",
        { Update: "Updating" } => "Updating",
        { Mode: "ReplicatedJob" or "GlobalJob" } when service.Completed >= service.Desired => "Completed",
        { Desired: 0 } => "Stopped",
        _ when service.Running >= service.Desired => "Running",
        { Running: 0 } => "Missing",
        _ => "Partial",
    };
}
