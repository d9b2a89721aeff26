using Compose.Plan;
using Compose.Swarm.Observe;
using Compose.Swarm.Specs;

namespace Compose.Swarm.Plan;

/// <summary>Plans a deployment: what the file wants against what the swarm has. An unchanged stack needs no step.</summary>
internal static class DeployPlanner
{
    public static ComposePlan Plan(StackSpec wanted, ObservedStack state, DeployOptions options, Answers answers)
    {
        var context = new DeployContext(wanted, state, options, answers);
        foreach (var warning in wanted.Warnings)
            context.Plan.Warn(warning);
        ObjectPhase.Plan(context);
        ServicePhase.Plan(context);
        PrunePhase.Plan(context);
        return context.Plan.Build(state.EngineHost, state.Stack);
    }

    /// <summary>
    /// The images whose digest a registry is asked for: with always all, with changed those of new services and those that
    /// are others than at the last deployment.
    /// </summary>
    public static IReadOnlyList<string> Unresolved(StackSpec wanted, ObservedStack state, DeployOptions options) =>
        options.ResolveImage == "never"
            ? []
            : [
                .. wanted.Services
                    .Where(service => options.ResolveImage == "always" || IsNewImage(service, state))
                    .Select(service => Image(service.Spec.Labels) ?? service.Spec.TaskTemplate.ContainerSpec.Image ?? "")
                    .Where(image => image.Length > 0 && image.IndexOf('@') < 0)
                    .Distinct(StringComparer.Ordinal),
            ];

    private static bool IsNewImage(StackService service, ObservedStack state) =>
        Image(state.Service(service.Spec.Name)?.Spec.Labels) is not { } deployed || deployed != Image(service.Spec.Labels);

    private static string? Image(IReadOnlyDictionary<string, string>? labels) =>
        labels is not null && labels.TryGetValue(State.StackLabels.Image, out var image) ? image : null;
}
