using Compose.Errors;
using Compose.Files.Canonical;
using Compose.Model;
using Compose.Model.Origins;
using Compose.Plan.Input;
using Compose.Plan.Requests;

namespace Compose.Plan.Prepare;

/// <summary>Refuses services that need something of another service which it can never give.</summary>
internal static class DependencyCheck
{
    /// <summary>Refuses a service that shares namespaces or volumes with one that will have no container.</summary>
    public static void CheckShared(PlanContext context, ServiceDefinition service, IReadOnlyList<ServiceDefinition> services)
    {
        if (!IsCreated(context, service))
            return;
        foreach (var (what, attribute, name) in Shared(service))
        {
            var parent = services.FirstOrDefault(other => other.Name == name);
            if (parent is null ? context.State.Replicas(name).Count > 0 : context.Wanted(parent) > 0)
                continue;
            var place = context.Project.OriginOf("services", service.Name, attribute);
            throw PlanErrors.SharedContainerMissing.Exception(
                $"{place}: service '{service.Name}' cannot share {what} with service {name}: its container is missing.",
                service.Name);
        }
    }

    /// <summary>Refuses a wait for the completion of a service that the engine always starts again.</summary>
    public static void CheckCompletes(ComposeProject project, string dependent, string dependency)
    {
        if (!project.Services.TryGetValue(dependency, out var service))
            return;
        if (!RestartsForever(HostTranslation.Restart(service)?.Name))
            return;
        var policy = service.Deploy?.RestartPolicy is null
            ? project.OriginOf("services", dependency, "restart")
            : project.OriginOf("services", dependency, "deploy", "restart_policy", "condition");
        throw PlanErrors.DependencyNeverCompletes.Exception(
            $"{policy}: service '{dependent}' waits until service '{dependency}' has completed, "
            + "but its restart policy always starts it again.",
            dependent);
    }

    public static bool RestartsForever(string? policy) => policy is "always" or "unless-stopped";

    /// <summary>Whether a container of the service may be created; existing ones share already.</summary>
    private static bool IsCreated(PlanContext context, ServiceDefinition service)
    {
        var keepsRunning = context.Options.NoRecreate && context.Options.OneOff?.Service != service.Name;
        var kept = keepsRunning ? context.State.Replicas(service.Name).Count(replica => replica.IsRunning) : 0;
        return context.Wanted(service) > kept;
    }

    private static IEnumerable<(string What, string Attribute, string Service)> Shared(ServiceDefinition service)
    {
        foreach (var (what, attribute, mode) in new[]
        {
            ("the network namespace", "network_mode", service.NetworkMode),
            ("the IPC namespace", "ipc", service.Ipc),
            ("the PID namespace", "pid", service.Pid),
        })
        {
            if (ServiceName.In(mode) is { } name)
                yield return (what, attribute, name);
        }

        foreach (var name in ServiceOrder.VolumesFrom(service))
            yield return ("volumes", "volumes_from", name);
    }
}
