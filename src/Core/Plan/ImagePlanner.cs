using Compose.Errors;
using Compose.Model;

namespace Compose.Plan;

/// <summary>The steps images come from.</summary>
/// <param name="Services">By service.</param>
/// <param name="Images">By image, for those that hooks run or services mount.</param>
internal sealed record ImageSteps(IReadOnlyDictionary<string, int> Services, IReadOnlyDictionary<string, int> Images)
{
    /// <summary>Every image is there.</summary>
    public static readonly ImageSteps None = new(new Dictionary<string, int>(), new Dictionary<string, int>());
}

/// <summary>The first stage: which images are pulled or built, by pull policy and what the engine has.</summary>
internal static class ImagePlanner
{
    /// <summary>Adds the steps; the answer tells where each image comes from.</summary>
    public static ImageSteps Plan(PlanContext context, PlanBuilder plan, IEnumerable<ServiceDefinition> services)
    {
        var made = new Dictionary<string, int>(StringComparer.Ordinal);
        var sources = new Dictionary<string, int>(StringComparer.Ordinal);
        var wanted = services.Where(service => service.Provider is null && context.Wanted(service) > 0).ToList();
        foreach (var service in wanted)
        {
            var image = context.Project.ImageOf(service);
            var key = image + "|" + service.Platform;
            if (!made.TryGetValue(key, out var step) || step == 0)
                made[key] = step = Step(context, plan, Builder(context, wanted, service, image), image);
            if (step > 0)
                sources[service.Name] = step;
        }

        return new ImageSteps(sources, Others(context, plan, wanted, made));
    }

    /// <summary>The images that pre_start hooks alone run, or services alone mount, each pulled where it is absent.</summary>
    private static Dictionary<string, int> Others(PlanContext context, PlanBuilder plan, IReadOnlyList<ServiceDefinition> services, Dictionary<string, int> made)
    {
        var steps = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var service in services)
        {
            foreach (var image in service.PreStart.Select(hook => hook.Image).OfType<string>().Concat(ImageMounts.Of(service)).Where(image => !steps.ContainsKey(image)))
            {
                if (made.FirstOrDefault(entry => entry.Value > 0 && entry.Key.StartsWith(image + "|", StringComparison.Ordinal)) is { Value: > 0 } known)
                    steps[image] = known.Value;
                else if (context.State.Image(image) is null)
                    steps[image] = Pull(plan, service, image, "not on the engine", optional: false);
            }
        }

        return steps;
    }

    /// <summary>The service that says how an image is made: one that builds it before those that only run it.</summary>
    private static ServiceDefinition Builder(PlanContext context, IReadOnlyList<ServiceDefinition> services, ServiceDefinition service, string image) =>
        service.Build is not null ? service : services.FirstOrDefault(other => other.Build is not null && context.Project.ImageOf(other) == image) ?? service;

    private static int Step(PlanContext context, PlanBuilder plan, ServiceDefinition service, string image)
    {
        var lack = LocalImage.Lack(context, service, image);
        var policy = context.Options.Pull ?? service.PullPolicy ?? "missing";
        var due = lack is null ? LocalImage.Due(context, image, policy) : null;
        if (service.Build is not null)
            return BuildStep(context, plan, service, image, policy, lack, due);
        if (lack is not null && policy == "never")
            throw PlanErrors.ImageAbsent.Exception($"{service.Origin}: image {image} of service '{service.Name}' is {lack} and its pull policy is never.", image);
        return (lack ?? due) is { } cause ? Pull(plan, service, image, cause, optional: false) : 0;
    }

    private static int BuildStep(PlanContext context, PlanBuilder plan, ServiceDefinition service, string image, string policy, string? lack, string? due)
    {
        var asked = context.Options.Build || policy == "build";
        if (asked && !context.Options.NoBuild)
            return Build(context, plan, service, image, context.Options.Build ? "asked for" : "pull policy is build", 0);
        if ((lack ?? due) is not { } cause)
            return 0;
        var pull = service.Image is not null && policy is not ("never" or "build") ? Pull(plan, service, image, cause, optional: true) : 0;
        if (lack is null)
            return pull;
        if (!context.Options.NoBuild)
            return Build(context, plan, service, image, lack, pull);
        return pull > 0 ? pull : throw PlanErrors.NoImage.Exception($"{service.Origin}: image {image} of service '{service.Name}' is {lack} and building it was ruled out.", image);
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
