using Compose.Errors;
using Compose.Model;

namespace Compose.Plan;

/// <summary>Plans up: what is checked first, then networks, volumes, and service by service in dependency order.</summary>
internal static class UpPlanner
{
    /// <summary>The first stage alone: pulls and builds.</summary>
    public static ComposePlan Images(PlanContext context)
    {
        var plan = new PlanBuilder();
        var services = Check(context);
        ImagePlanner.Plan(context, plan, services);
        return plan.Build(context.State);
    }

    /// <summary>The second stage, planned with the images as they are then.</summary>
    public static ComposePlan Converge(PlanContext context)
    {
        var plan = new PlanBuilder();
        Fill(context, plan, Check(context), ImageSteps.None);
        return plan.Build(context.State);
    }

    /// <summary>Both stages as one plan to look at.</summary>
    public static ComposePlan Whole(PlanContext context)
    {
        var plan = new PlanBuilder();
        var services = Check(context);
        Fill(context, plan, services, ImagePlanner.Plan(context, plan, services));
        return plan.Build(context.State);
    }

    private static void Fill(PlanContext context, PlanBuilder plan, IReadOnlyList<ServiceDefinition> services, ImageSteps images)
    {
        foreach (var warning in UsedNetworks(context, services).SelectMany(network => NetworkPlanner.Unheeded(context, network)))
            plan.Warn(warning);
        foreach (var warning in services.SelectMany(service => EngineNeeds.Unheeded(service, context.State.ApiMinor).Concat(SecretFiles.Hidden(context.Project, service)).Concat(SecretFiles.Unheeded(context.Project, service))))
            plan.Warn(warning);
        foreach (var warning in services.Where(_ => context.State.OSType == "windows").SelectMany(WindowsNeeds.Unheeded))
            plan.Warn(warning);
        var run = new ConvergeRun(context, plan, services, images);
        run.Orphans();
        run.Decide();
        run.Volumes();
        run.Networks();
        foreach (var service in services)
            run.Service(service);
        run.RenamedNetworks();
        run.Waits();
    }

    /// <summary>Everything that is refused is refused here, before anything is touched.</summary>
    private static IReadOnlyList<ServiceDefinition> Check(PlanContext context)
    {
        var services = ServiceOrder.Selected(context.Project, context.Options);
        var names = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var service in services)
        {
            if (service.ContainerName is { } name)
            {
                if (names.TryGetValue(name, out var other))
                    throw PlanErrors.ContainerNameTwice.Exception($"{service.Origin}: services '{other}' and '{service.Name}' have the same container_name '{name}'.", name);
                names[name] = service.Name;
            }

            BuildPlatforms.Check(service);
            DependencyCheck.CheckShared(context, service, services);
            if (!context.Options.NoStart)
                CheckWaits(context, service, services);
            SecretFiles.Check(context.Project, service);
            EngineNeeds.Check(service, context.State.ApiMinor);
            if (context.State.OSType == "windows")
                WindowsNeeds.Check(service);
        }

        foreach (var network in UsedNetworks(context, services))
            NetworkPlanner.CheckExternal(context, network);
        foreach (var volume in UsedVolumes(context, services))
        {
            VolumePlanner.CheckExternal(context, volume);
            VolumePlanner.CheckUsers(context, volume);
        }

        return services;
    }

    private static void CheckWaits(PlanContext context, ServiceDefinition service, IReadOnlyList<ServiceDefinition> services)
    {
        foreach (var dependency in services.Where(other => context.Wanted(other) > 0 && context.Wanted(service) > 0))
        {
            if (service.DependsOn.TryGetValue(dependency.Name, out var wanted)
                && wanted.Condition == "service_completed_successfully")
                DependencyCheck.CheckCompletes(context.Project, service.Name, dependency.Name);
        }
    }

    public static IReadOnlyList<NetworkDefinition> UsedNetworks(PlanContext context, IReadOnlyList<ServiceDefinition> services) =>
        [.. context.Project.Networks.Values.Where(network =>
            context.Options.AllResources || services.Any(service => Uses(service, network)))];

    public static IReadOnlyList<VolumeDefinition> UsedVolumes(PlanContext context, IReadOnlyList<ServiceDefinition> services) =>
        [.. context.Project.Volumes.Values.Where(volume =>
            context.Options.AllResources || services.Any(service => service.Mounts(volume.Key)))];

    private static bool Uses(ServiceDefinition service, NetworkDefinition network) =>
        service.NetworkMode is null && service.Networks.ContainsKey(network.Key);
}
