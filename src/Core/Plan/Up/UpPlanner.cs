using Compose.Plan.Building;
using Compose.Plan.Input;

namespace Compose.Plan.Up;

/// <summary>
/// Plans up in two stages: pulls and builds first, then, with the images as they are by then, everything else.
/// </summary>
internal static class UpPlanner
{
    /// <summary>The first stage alone: pulls and builds.</summary>
    public static ComposePlan Images(PlanContext context)
    {
        var (scope, plan) = (Checked(context), new PlanBuilder());
        ImagePlanner.Plan(context, plan, scope.Services);
        return plan.Build(context.State);
    }

    /// <summary>The second stage, planned with the images as they are then.</summary>
    public static ComposePlan Converge(PlanContext context)
    {
        var (scope, plan) = (Checked(context), new PlanBuilder());
        Converge(scope, plan, ImageSteps.None);
        return plan.Build(context.State);
    }

    /// <summary>Both stages as one plan to look at.</summary>
    public static ComposePlan Whole(PlanContext context)
    {
        var (scope, plan) = (Checked(context), new PlanBuilder());
        Converge(scope, plan, ImagePlanner.Plan(context, plan, scope.Services));
        return plan.Build(context.State);
    }

    private static UpScope Checked(PlanContext context)
    {
        var scope = UpScope.Of(context);
        UpCheck.Refuse(scope);
        return scope;
    }

    /// <summary>The phases in their order: each one needs results of those before it.</summary>
    private static void Converge(UpScope scope, PlanBuilder plan, ImageSteps images)
    {
        var context = scope.Context;
        var teardown = new ContainerTeardown(context, plan);
        UpCheck.Warn(scope, plan);
        var orphans = OrphanPhase.Plan(context, plan, teardown);
        var decisions = DecisionPhase.Decide(scope, plan, images);

        var steps = new ContainerSteps(scope, decisions);
        var stops = new TemporaryStops(scope, teardown, decisions);
        var volumes = VolumePhase.Plan(scope, plan, teardown, decisions);
        var networks = new NetworkPhase(scope, plan, teardown, decisions, stops, steps).Plan();

        var planned = new PlannedServices(context);
        var waits = new ServiceWaits(scope, plan, decisions, planned);
        var dependencies = new ServiceDependencies(images, networks, volumes.Created, planned, waits);
        var replicas = new ReplicaSteps(
            scope, plan, teardown, orphans, volumes, stops, planned, dependencies, steps);
        var services = new ReplicaPhase(scope, plan, teardown, orphans, decisions, dependencies, steps, replicas);
        foreach (var service in scope.Services)
            planned.Add(service.Name, services.Plan(service));
        RenamedNetworkPhase.Plan(scope, plan);
        waits.AddRequested();
    }
}
