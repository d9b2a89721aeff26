using Compose.Errors;
using Compose.Model;
using Compose.Model.Checks;
using Compose.Plan.Building;
using Compose.Plan.Input;
using Compose.Plan.Prepare;

namespace Compose.Plan.Up;

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
        foreach (var warning in services.SelectMany(service =>
            EngineNeeds.Unheeded(service, context.State.ApiMinor)
                .Concat(SecretFiles.Hidden(context.Project, service))
                .Concat(SecretFiles.Unheeded(context.Project, service))))
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
        var selected = new HashSet<string>(services.Select(service => service.Name), StringComparer.Ordinal);
        foreach (var service in services)
        {
            if (ReplicaLimits.Problem(service.Name, context.Wanted(service)) is { } tooMany)
                throw PlanErrors.TooManyReplicas.Exception(tooMany, service.Name);
            if (service.ContainerName is { } name)
            {
                if (names.TryGetValue(name, out var other))
                    throw PlanErrors.ContainerNameTwice.Exception(
                        $"{service.Origin}: services '{other}' and '{service.Name}' have the same container_name '{name}'.",
                        name);
                names[name] = service.Name;
            }

            BuildPlatforms.Check(service);
            DependencyCheck.CheckShared(context, service, services);
            if (!context.Options.NoStart)
                CheckWaits(context, service, selected);
            SecretFiles.Check(context.Project, service);
            EngineNeeds.Check(service, context.State.ApiMinor);
            if (context.State.OSType == "windows")
                WindowsNeeds.Check(service);
        }

        if (ReplicaLimits.Problem(services.Sum(service => (long)context.Wanted(service))) is { } problem)
            throw PlanErrors.TooManyReplicas.Exception(problem, context.Project.Name);
        foreach (var network in UsedNetworks(context, services))
            NetworkPlanner.CheckExternal(context, network);
        foreach (var volume in UsedVolumes(context, services))
        {
            VolumePlanner.CheckExternal(context, volume);
            VolumePlanner.CheckUsers(context, volume);
        }

        return services;
    }

    private static void CheckWaits(PlanContext context, ServiceDefinition service, HashSet<string> selected)
    {
        if (context.Wanted(service) == 0)
            return;
        foreach (var wanted in service.DependsOn.Where(wanted => wanted.Value.Condition == "service_completed_successfully"))
        {
            if (selected.Contains(wanted.Key) && context.Wanted(context.Project.Services[wanted.Key]) > 0)
                DependencyCheck.CheckCompletes(context.Project, service.Name, wanted.Key);
        }
    }

    public static IReadOnlyList<NetworkDefinition> UsedNetworks(PlanContext context, IReadOnlyList<ServiceDefinition> services) =>
        Used(context, context.Project.Networks.Values, network => network.Key,
            services.Where(service => service.NetworkMode is null).SelectMany(service => service.Networks.Keys));

    public static IReadOnlyList<VolumeDefinition> UsedVolumes(PlanContext context, IReadOnlyList<ServiceDefinition> services) =>
        Used(context, context.Project.Volumes.Values, volume => volume.Key,
            services.SelectMany(service => service.MountedVolumes));

    private static IReadOnlyList<T> Used<T>(
        PlanContext context, IEnumerable<T> all, Func<T, string> keyOf, IEnumerable<string> used)
    {
        var keys = new HashSet<string>(used, StringComparer.Ordinal);
        return [.. all.Where(item => context.Options.AllResources || keys.Contains(keyOf(item)))];
    }
}
