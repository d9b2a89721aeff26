using Compose.Engine.Dto;
using Compose.Errors;
using Compose.Model;
using Compose.State;

namespace Compose.Swarm.Specs;

/// <summary>Makes the spec of a service.</summary>
internal sealed class ServiceSpecs(ComposeProject project, StackNames names, FileSpecs files, SpecFindings findings)
{
    private const int OneTask = 1;

    public SwarmServiceSpec Make(ServiceDefinition service, bool ordered)
    {
        Check(service, ordered);
        var labels = names.Labels(service.Deploy?.Labels);
        if (service.Image is { Length: > 0 } image)
            labels[StackLabels.Image] = image;
        return new SwarmServiceSpec
        {
            Name = names.Of(service.Name),
            Labels = labels,
            TaskTemplate = new SwarmTaskSpec
            {
                ContainerSpec = new ContainerSpecs(project, names, files, findings).Make(service),
                Resources = TaskSpecs.Resources(service),
                RestartPolicy = TaskSpecs.RestartPolicy(service, findings),
                Placement = TaskSpecs.Placement(service),
                Networks = ServiceNetworks.Make(project, service, names, findings),
                LogDriver = service.Logging is { } logging
                    ? new SwarmDriver(logging.Driver, logging.Options.Count > 0 ? logging.Options : null)
                    : null,
            },
            Mode = Mode(service),
            UpdateConfig = Update(service.Deploy?.UpdateConfig),
            RollbackConfig = Update(service.Deploy?.RollbackConfig),
            EndpointSpec = PortSpecs.Endpoint(service, findings),
        };
    }

    private void Check(ServiceDefinition service, bool ordered)
    {
        if (service.Provider is not null)
            findings.Refuse(
                SwarmErrors.Provider, findings.Place(service, "provider"),
                $"service '{service.Name}' comes from a provider.", service.Name);
        else if (service.Image is not { Length: > 0 })
            findings.Refuse(
                SwarmErrors.NoImage, findings.Place(service, "build"),
                $"service '{service.Name}' has no 'image' for the nodes to pull.", service.Name);
        if (service.DependsOn.Count > 0 && !ordered)
            findings.Warn(
                findings.Place(service, "depends_on"),
                $"a Swarm starts service '{service.Name}' without waiting for {string.Join(", ", service.DependsOn.Keys)}; "
                    + "-Ordered waits at the first deployment.");
        findings.CheckEngine(service);
    }

    private SwarmServiceMode? Mode(ServiceDefinition service)
    {
        var place = findings.Place(service, "deploy", "mode");
        switch (service.Deploy?.Mode)
        {
            case null or "" or "replicated":
                return new SwarmServiceMode { Replicated = new SwarmReplicated(service.Replicas) };
            case "global":
                RefuseReplicas(service);
                return new SwarmServiceMode { Global = EmptyObject.Value };
            case "replicated-job":
                RefuseUpdate(service);
                return new SwarmServiceMode { ReplicatedJob = new SwarmReplicatedJob(service.Replicas, service.Replicas) };
            case "global-job":
                RefuseReplicas(service);
                RefuseUpdate(service);
                return new SwarmServiceMode { GlobalJob = EmptyObject.Value };
            case var unknown:
                findings.Refuse(
                    SwarmErrors.UnknownMode, place, $"service '{service.Name}' has the mode '{unknown}'.", service.Name);
                return null;
        }
    }

    private void RefuseReplicas(ServiceDefinition service)
    {
        string[] field = service.Scale is null ? ["deploy", "replicas"] : ["scale"];
        if ((service.Scale ?? service.Deploy?.Replicas) is not null and not OneTask)
            findings.Refuse(
                SwarmErrors.ReplicasOfGlobal, findings.Place(service, field),
                $"service '{service.Name}' is {service.Deploy!.Mode} and has a number of replicas.", service.Name);
    }

    private void RefuseUpdate(ServiceDefinition service)
    {
        if (service.Deploy?.UpdateConfig is not null)
            findings.Refuse(
                SwarmErrors.UpdateOfJob, findings.Place(service, "deploy", "update_config"),
                $"service '{service.Name}' is a {service.Deploy.Mode} and has update_config.", service.Name);
    }

    private static SwarmUpdateConfig? Update(UpdateDefinition? update) => update is null ? null
        : new SwarmUpdateConfig
        {
            Parallelism = update.Parallelism ?? OneTask,
            Delay = TaskSpecs.Nanoseconds(update.Delay),
            FailureAction = update.FailureAction,
            Monitor = TaskSpecs.Nanoseconds(update.Monitor),
            MaxFailureRatio = (float)(update.MaxFailureRatio ?? 0),
            Order = update.Order,
        };
}
