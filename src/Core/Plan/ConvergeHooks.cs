using Compose.Model;

namespace Compose.Plan;

internal sealed partial class ConvergeRun
{
    /// <summary>
    /// pre_start: once for the service, when none of its replicas runs, each hook in a container of its own after the one before,
    /// with the volumes of the replica of the lowest number. The answer is what the starts come after.
    /// </summary>
    private IReadOnlyList<PlanEdge> PreStart(ServiceDefinition service, IReadOnlyList<PendingStart> starts, IReadOnlyList<PlanEdge> ready)
    {
        if (service.PreStart.Count == 0)
            return ready;
        var lowest = starts.OrderBy(start => start.Decision.Number).First();
        var target = "service:" + service.Name;
        const string Cause = "no replica runs";
        var operation = plan.Operation("Hook", target, Cause);
        var cleared = context.State.Containers.Where(container => container.Hook && container.Service == service.Name && !container.IsRunning)
            .Select(container => plan.Add(Steps.Remove(container, "left over from a hook that failed", volumes: true), operation)).ToList();
        IReadOnlyList<PlanEdge> after = [.. ready, .. PlanBuilder.AfterAll(starts.SelectMany(start => start.After).Concat(cleared))];
        foreach (var hook in service.PreStart)
        {
            var step = plan.Add(
                new RunHookContainer
                {
                    Target = target, Cause = Cause, Service = service.Name, Hook = "pre_start", Image = hook.Image ?? context.Project.ImageOf(service), Definition = hook,
                    Source = Source(service, lowest.Decision, Targets.ContainerName(context.Project.Name, service.Name, 0, context.Project.Separator)), Reference = lowest.Reference,
                },
                operation, [.. after, .. HookImage(hook)]);
            after = [PlanBuilder.After(step)];
        }

        return [.. ready, .. after];
    }

    private IEnumerable<PlanEdge> HookImage(HookDefinition hook) =>
        hook.Image is { } image && images.Images.TryGetValue(image, out var step) ? [PlanBuilder.After(step)] : [];
}
