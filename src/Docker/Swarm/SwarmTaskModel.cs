using Docker.DotNet.Models;
using TaskStatus = Docker.DotNet.Models.TaskStatus;

namespace Compose.Engine.Api;

/// <summary>Converts tasks and their templates between Docker.DotNet's models and our records.</summary>
internal static class SwarmTaskModel
{
    public static Dto.SwarmTask Read(TaskResponse task) => new()
    {
        Id = Models.Text(task.ID)!,
        ServiceId = Models.Text(task.ServiceID),
        NodeId = Models.Text(task.NodeID),
        Slot = task.Slot is > 0 ? task.Slot : null,
        DesiredState = State(task.DesiredState),
        Status = task.Status is { } status ? Read(status) : null!,
        Image = Models.Text(task.Spec?.ContainerSpec?.Image),
        Labels = Models.Pairs(task.Spec?.ContainerSpec?.Labels),
        Networks = Models.Each(
            task.NetworksAttachments,
            network => new Dto.SwarmTaskNetwork(
                Models.Text(network.Network?.ID), Models.Text(network.Network?.Spec?.Name), Models.Texts(network.Addresses))),
        JobIteration = task.JobIteration is { } iteration ? Models.Index(iteration) : null,
        ForceUpdate = (long)(task.Spec?.ForceUpdate ?? 0),
        CreatedAt = Models.Time(task.CreatedAt),
        UpdatedAt = Models.Time(task.UpdatedAt),
    };

    public static Dto.SwarmTaskSpec Read(TaskSpec task) => new()
    {
        ContainerSpec = task.ContainerSpec is { } container ? SwarmContainerModel.Read(container) : null!,
        Resources = task.Resources is { } resources ? SwarmResourceModel.Read(resources) : null,
        RestartPolicy = task.RestartPolicy is { } policy ? Read(policy) : null,
        Placement = task.Placement is { } placement ? SwarmResourceModel.Read(placement) : null,
        Networks = Models.Each(task.Networks, Read),
        LogDriver = task.LogDriver is { } driver ? Read(driver) : null,
        ForceUpdate = (long)task.ForceUpdate,
        Runtime = Models.Text(task.Runtime),
    };

    public static TaskSpec Sent(Dto.SwarmTaskSpec task) => new()
    {
        ContainerSpec = SwarmContainerModel.Sent(task.ContainerSpec),
        PluginSpec = null!,
        NetworkAttachmentSpec = null!,
        Resources = task.Resources is { } resources ? SwarmResourceModel.Sent(resources) : null!,
        RestartPolicy = task.RestartPolicy is { } policy ? Sent(policy) : null!,
        Placement = task.Placement is { } placement ? SwarmResourceModel.Sent(placement) : null!,
        Networks = Models.SentEach(task.Networks, Sent),
        LogDriver = task.LogDriver is { } driver ? Sent(driver) : null!,
        ForceUpdate = (ulong)task.ForceUpdate,
        Runtime = task.Runtime!,
    };

    public static Dto.SwarmDriver Read(SwarmDriver driver) => new(Models.Text(driver.Name), Models.Pairs(driver.Options));

    public static SwarmDriver Sent(Dto.SwarmDriver driver) =>
        new() { Name = driver.Name!, Options = Models.Sent(driver.Options) };

    // The library has zero for the exit code of a container that still runs.
    private static Dto.SwarmTaskStatus Read(TaskStatus status) => new()
    {
        State = State(status.State),
        Timestamp = Models.Time(status.Timestamp),
        Message = Models.Text(status.Message),
        Err = Models.Text(status.Err),
        ContainerId = Models.Text(status.ContainerStatus?.ContainerID),
        ExitCode = status.ContainerStatus is { } container && HasEnded(status.State) ? container.ExitCode : null,
        Ports = Models.Each(status.PortStatus?.Ports, SwarmServiceModel.Read),
    };

    private static bool HasEnded(TaskState? state) =>
        state is TaskState.Complete or TaskState.Failed or TaskState.Shutdown or TaskState.Rejected or TaskState.Remove;

    private static string? State(TaskState? state) => state?.ToString().ToLowerInvariant();

    private static Dto.SwarmRestartPolicy Read(SwarmRestartPolicy policy) => new()
    {
        Condition = Models.Text(policy.Condition),
        Delay = Models.Nanoseconds(policy.Delay),
        MaxAttempts = (long?)policy.MaxAttempts,
        Window = Models.Nanoseconds(policy.Window),
    };

    private static SwarmRestartPolicy Sent(Dto.SwarmRestartPolicy policy) => new()
    {
        Condition = policy.Condition!,
        Delay = Models.Span(policy.Delay),
        MaxAttempts = (ulong?)policy.MaxAttempts,
        Window = Models.Span(policy.Window),
    };

    private static Dto.SwarmNetworkAttachment Read(NetworkAttachmentConfig network) => new()
    {
        Target = Models.Text(network.Target),
        Aliases = Models.Texts(network.Aliases),
        DriverOpts = Models.Pairs(network.DriverOpts),
    };

    // The engine takes a name for an id, but reports the id: what is sent without one would never compare equal.
    private static NetworkAttachmentConfig Sent(Dto.SwarmNetworkAttachment network) => new()
    {
        Target = network.Target ?? network.Name!,
        Aliases = Models.Sent(network.Aliases),
        DriverOpts = Models.Sent(network.DriverOpts),
    };
}
