using Compose.Errors;
using Compose.Model;
using Compose.Model.Checks;
using Compose.Plan.Building;
using Compose.Plan.Prepare;

namespace Compose.Plan.Up;

/// <summary>What up refuses or warns about before it plans a step.</summary>
internal static class UpCheck
{
    /// <summary>Throws for everything that up refuses, so that a refused up changes nothing on the engine.</summary>
    public static void Refuse(UpScope scope)
    {
        var (context, services) = scope;
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
                RefuseEndlessWaits(scope, service, selected);
            SecretFiles.Check(context.Project, service);
            EngineFeatureCheck.Check(service, context.State.ApiMinor);
            if (context.State.OSType == "windows")
                WindowsContainerCheck.Check(service);
        }

        if (ReplicaLimits.Problem(services.Sum(service => (long)context.Wanted(service))) is { } problem)
            throw PlanErrors.TooManyReplicas.Exception(problem, context.Project.Name);
        foreach (var network in scope.Networks)
            NetworkPlanner.CheckExternal(context, network);
        foreach (var volume in scope.Volumes)
        {
            VolumePlanner.CheckExternal(context, volume);
            VolumePlanner.CheckUsers(context, volume);
        }
    }

    /// <summary>Warns about settings of the file that this engine ignores.</summary>
    public static void Warn(UpScope scope, PlanBuilder plan)
    {
        var (context, services) = scope;
        foreach (var warning in scope.Networks.SelectMany(network => NetworkPlanner.Ignored(context, network)))
            plan.Warn(warning);
        foreach (var warning in services.SelectMany(service =>
            EngineFeatureCheck.Ignored(service, context.State.ApiMinor)
                .Concat(SecretFiles.Hidden(context.Project, service))
                .Concat(SecretFiles.Ignored(context.Project, service))))
            plan.Warn(warning);
        foreach (var warning in services.Where(_ => context.State.OSType == "windows").SelectMany(WindowsContainerCheck.Ignored))
            plan.Warn(warning);
    }

    private static void RefuseEndlessWaits(UpScope scope, ServiceDefinition service, HashSet<string> selected)
    {
        var context = scope.Context;
        if (context.Wanted(service) == 0)
            return;
        foreach (var wanted in service.DependsOn.Where(wanted => wanted.Value.Condition == "service_completed_successfully"))
        {
            if (selected.Contains(wanted.Key) && context.Wanted(context.Project.Services[wanted.Key]) > 0)
                DependencyCheck.CheckCompletes(context.Project, service.Name, wanted.Key);
        }
    }
}
