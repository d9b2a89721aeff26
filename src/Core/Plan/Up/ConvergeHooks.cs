using Compose.Model;
using Compose.Plan.Building;

namespace Compose.Plan.Up;

internal sealed partial class ConvergeRun
{
    /// <summary>The pre_start hooks of a service none of whose replicas runs; the answer is what the starts come after.</summary>
    private IReadOnlyList<PlanEdge> PreStart(
        ServiceDefinition service, IReadOnlyList<PendingStart> starts, IReadOnlyList<PlanEdge> ready)
    {
        var lowest = starts.OrderBy(start => start.Decision.Number).First();
        var source = Source(
            service, lowest.Decision, Targets.ContainerName(context.Project.Name, service.Name, 0, context.Project.Separator));
        var hooks = Steps.PreStart(
            plan, context.State, source, lowest.Reference,
            [.. ready, .. PlanBuilder.AfterAll(starts.SelectMany(start => start.After))], HookImage);
        return [.. ready, .. hooks];
    }

    private IEnumerable<PlanEdge> HookImage(HookDefinition hook) =>
        hook.Image is { } image && images.Images.TryGetValue(image, out var step) ? [PlanBuilder.After(step)] : [];
}
