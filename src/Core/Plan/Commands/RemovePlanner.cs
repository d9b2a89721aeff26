using Compose.Plan.Building;
using Compose.Plan.Input;
using Compose.Plan.Replicas;
using Compose.State;

namespace Compose.Plan.Commands;

/// <summary>Plans the removal of containers alone. Running ones are removed only if they may be stopped first.</summary>
internal static class RemovePlanner
{
    public static ComposePlan Plan(ObservedState state, LifecycleRequest request)
    {
        var plan = new PlanBuilder();
        var selected = LifecyclePlanner.Select(state, request);
        var running = selected.Where(container => container.IsUp).ToList();
        if (!request.Stop)
        {
            foreach (var container in running)
                plan.Warn($"{container.Name} is {container.State}, so it stays; -Stop stops it first.");
        }

        var removed = request.Stop ? selected : [.. selected.Except(running)];
        var operations = removed.ToDictionary(
            container => container.Id,
            container => plan.Operation("Remove", Targets.Container(container), "asked for", Impact(request, container)));
        var stops = LifecyclePlanner.StopAll(
            plan, state, request.Project, [.. removed.Where(running.Contains)], container => operations[container.Id],
            request.Timeout);
        foreach (var container in removed)
        {
            plan.Add(
                Steps.Remove(container, "asked for", request.Volumes) with
                {
                    TakenOver = request.Volumes ? AnonymousVolumes.LeftBy(request.Project, container) : [],
                },
                operations[container.Id], stops.TryGetValue(container.Id, out var stop) ? [PlanBuilder.After(stop)] : []);
        }

        if (request.Volumes)
            VolumeQuestion.Ask(plan, [], removed);
        return plan.Build(state);
    }

    private static string Impact(LifecycleRequest request, ObservedContainer container)
    {
        if (request.Volumes)
            return "DataLoss";
        return container.IsUp ? "Downtime" : "None";
    }
}
