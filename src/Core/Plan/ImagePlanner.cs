using Compose.Errors;
using Compose.Model;

namespace Compose.Plan;

/// <summary>The first stage: which images are pulled or built, by pull policy and what the engine has.</summary>
internal static class ImagePlanner
{
    /// <summary>Adds the steps; the answer is, by service, the step its image comes from.</summary>
    public static IReadOnlyDictionary<string, int> Plan(PlanContext context, PlanBuilder plan, IEnumerable<ServiceDefinition> services)
    {
        var made = new Dictionary<string, int>(StringComparer.Ordinal);
        var sources = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var service in services.Where(service => service.Provider is null && context.Wanted(service) > 0))
        {
            var image = context.ImageOf(service);
            var key = image + "|" + service.Platform;
            if (!made.TryGetValue(key, out var step))
                made[key] = step = Step(context, plan, service, image);
            if (step > 0)
                sources[service.Name] = step;
        }

        return sources;
    }

    private static int Step(PlanContext context, PlanBuilder plan, ServiceDefinition service, string image)
    {
        var absent = context.State.Image(image) is null;
        var policy = context.Options.Pull ?? service.PullPolicy ?? "missing";
        if (service.Build is not null)
            return BuildStep(context, plan, service, image, policy, absent);
        if (policy == "build")
            policy = "missing";
        if (absent && policy == "never")
            throw PlanErrors.ImageAbsent.Exception($"{service.Origin}: image {image} of service '{service.Name}' is not on the engine and its pull policy is never.", image);
        if (!absent && policy is "daily" or "weekly" || policy.StartsWith("every_", StringComparison.Ordinal))
            plan.Warn($"{service.Origin}: the age of image {image} is not looked at yet (pull_policy: {policy}); it is pulled only when absent.");
        return absent ? Pull(plan, service, image, "not on the engine", optional: false)
            : policy == "always" ? Pull(plan, service, image, "pull policy is always", optional: false)
            : 0;
    }

    private static int BuildStep(PlanContext context, PlanBuilder plan, ServiceDefinition service, string image, string policy, bool absent)
    {
        var asked = context.Options.Build || policy == "build";
        if (asked && !context.Options.NoBuild)
            return Build(context, plan, service, image, context.Options.Build ? "asked for" : "pull policy is build", 0);
        if (!absent && policy != "always")
            return 0;
        var pull = service.Image is not null && policy is not ("never" or "build")
            ? Pull(plan, service, image, absent ? "not on the engine" : "pull policy is always", optional: true)
            : 0;
        if (!absent)
            return pull;
        if (!context.Options.NoBuild)
            return Build(context, plan, service, image, "not on the engine", pull);
        return pull > 0 ? pull : throw PlanErrors.NoImage.Exception($"{service.Origin}: image {image} of service '{service.Name}' is not there and building it was ruled out.", image);
    }

    private static int Pull(PlanBuilder plan, ServiceDefinition service, string image, string cause, bool optional) =>
        plan.Add(
            new PullImage { Target = "image:" + image, Cause = cause, Image = image, Platform = service.Platform, Service = service.Name, Optional = optional },
            plan.Operation("Pull", "image:" + image, cause));

    private static int Build(PlanContext context, PlanBuilder plan, ServiceDefinition service, string image, string cause, int pull) =>
        plan.Add(
            new BuildImage
            {
                Target = "image:" + image, Cause = cause, Image = image, Service = service.Name, Definition = service, Project = context.Project,
                UnlessPulledBy = pull, Conditional = pull > 0,
            },
            plan.Operation("Build", "image:" + image, cause),
            pull > 0 ? [new PlanEdge(pull, false)] : []);
}
