using Docker.DotNet.Models;

namespace Compose.Engine.Api;

/// <summary>Converts services between Docker.DotNet's models and our records.</summary>
internal static class SwarmServiceModel
{
    public static Dto.SwarmService Read(SwarmService service) => new()
    {
        Id = Models.Text(service.ID)!,
        VersionIndex = Models.Index(service.Version),
        CreatedAt = Models.Time(service.CreatedAt),
        UpdatedAt = Models.Time(service.UpdatedAt),
        Spec = service.Spec is { } spec ? Read(spec) : null!,
        PreviousSpec = service.PreviousSpec is { } previous ? Read(previous) : null,
        Ports = Models.Each(service.Endpoint?.Ports, Read),
        UpdateStatus = service.UpdateStatus is { } update ? Read(update) : null,
        JobStatus = service.JobStatus is { } job ? Read(job) : null,
        ServiceStatus = service.ServiceStatus is { } status ? Read(status) : null,
    };

    public static Dto.SwarmServiceSpec Read(ServiceSpec spec) => new()
    {
        Name = spec.Name!,
        Labels = Models.Pairs(spec.Labels),
        TaskTemplate = spec.TaskTemplate is { } task ? SwarmTaskModel.Read(task) : null!,
        Mode = spec.Mode is { } mode ? Read(mode) : null,
        UpdateConfig = spec.UpdateConfig is { } update ? Read(update) : null,
        RollbackConfig = spec.RollbackConfig is { } rollback ? Read(rollback) : null,
        EndpointSpec = spec.EndpointSpec is { } endpoint ? Read(endpoint) : null,
    };

    public static ServiceSpec Sent(Dto.SwarmServiceSpec spec) => new()
    {
        Name = spec.Name,
        Labels = Models.Sent(spec.Labels),
        TaskTemplate = SwarmTaskModel.Sent(spec.TaskTemplate),
        Mode = spec.Mode is { } mode ? Sent(mode) : null!,
        UpdateConfig = spec.UpdateConfig is { } update ? Sent(update) : null!,
        RollbackConfig = spec.RollbackConfig is { } rollback ? Sent(rollback) : null!,
        EndpointSpec = spec.EndpointSpec is { } endpoint ? Sent(endpoint) : null!,
    };

    public static Dto.SwarmPort Read(PortConfig port) => new()
    {
        Name = Models.Text(port.Name),
        Protocol = Models.Text(port.Protocol),
        TargetPort = (int?)port.TargetPort,
        PublishedPort = port.PublishedPort is > 0 ? (int?)port.PublishedPort : null,
        PublishMode = Models.Text(port.PublishMode),
    };

    private static PortConfig Sent(Dto.SwarmPort port) => new()
    {
        Name = port.Name!,
        Protocol = port.Protocol!,
        TargetPort = (uint?)port.TargetPort,
        PublishedPort = (uint?)port.PublishedPort,
        PublishMode = port.PublishMode!,
    };

    private static Dto.SwarmServiceMode Read(ServiceMode mode) => new()
    {
        Replicated = mode.Replicated is { } replicated ? new Dto.SwarmReplicated((long?)replicated.Replicas) : null,
        Global = mode.Global is null ? null : Dto.EmptyObject.Value,
        ReplicatedJob = mode.ReplicatedJob is { } job
            ? new Dto.SwarmReplicatedJob((long?)job.MaxConcurrent, (long?)job.TotalCompletions)
            : null,
        GlobalJob = mode.GlobalJob is null ? null : Dto.EmptyObject.Value,
    };

    private static ServiceMode Sent(Dto.SwarmServiceMode mode) => new()
    {
        Replicated = mode.Replicated is { } replicated
            ? new ReplicatedService { Replicas = (ulong?)replicated.Replicas }
            : null!,
        Global = mode.Global is null ? null! : new GlobalService(),
        ReplicatedJob = mode.ReplicatedJob is { } job
            ? new ReplicatedJob
            {
                MaxConcurrent = (ulong?)job.MaxConcurrent,
                TotalCompletions = (ulong?)job.TotalCompletions,
            }
            : null!,
        GlobalJob = mode.GlobalJob is null ? null! : new GlobalJob(),
    };

    private static Dto.SwarmUpdateConfig Read(SwarmUpdateConfig config) => new()
    {
        Parallelism = (long)config.Parallelism,
        Delay = Models.Nanoseconds(config.Delay),
        FailureAction = Models.Text(config.FailureAction),
        Monitor = Models.Nanoseconds(config.Monitor),
        MaxFailureRatio = config.MaxFailureRatio,
        Order = Models.Text(config.Order),
    };

    private static SwarmUpdateConfig Sent(Dto.SwarmUpdateConfig config) => new()
    {
        Parallelism = (ulong)config.Parallelism,
        Delay = Models.Span(config.Delay),
        FailureAction = config.FailureAction!,
        Monitor = Models.Span(config.Monitor),
        MaxFailureRatio = config.MaxFailureRatio,
        Order = config.Order!,
    };

    private static Dto.SwarmEndpointSpec Read(EndpointSpec endpoint) => new()
    {
        Mode = Models.Text(endpoint.Mode),
        Ports = Models.Each(endpoint.Ports, Read),
    };

    private static EndpointSpec Sent(Dto.SwarmEndpointSpec endpoint) => new()
    {
        Mode = endpoint.Mode!,
        Ports = Models.SentEach(endpoint.Ports, Sent),
    };

    private static Dto.SwarmUpdateStatus Read(UpdateStatus status) => new()
    {
        State = Models.Text(status.State),
        StartedAt = Models.Time(status.StartedAt),
        CompletedAt = Models.Time(status.CompletedAt),
        Message = Models.Text(status.Message),
    };

    private static Dto.SwarmJobStatus Read(JobStatus status) =>
        new(Models.Index(status.JobIteration), Models.Time(status.LastExecution));

    private static Dto.SwarmServiceStatus Read(ServiceStatus status) =>
        new((long)status.RunningTasks, (long)status.DesiredTasks, (long)status.CompletedTasks);
}
