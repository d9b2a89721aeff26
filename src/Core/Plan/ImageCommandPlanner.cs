using Compose.Model;

namespace Compose.Plan;

/// <summary>Plans pull, build and push as commands of their own, by docker compose's rules for each.</summary>
internal static class ImageCommandPlanner
{
    private const string Asked = "asked for";

    /// <summary>A service without a policy is always pulled; never and build are not; missing only where the image is absent, or named latest.</summary>
    public static ComposePlan Pull(PlanContext context, ImageRequest request)
    {
        var plan = new PlanBuilder();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var service in Selected(context, request))
        {
            if (service.Image is not { } image || (request.IgnoreBuildable && service.Build is not null) || !seen.Add(image + "|" + service.Platform))
                continue;
            var policy = request.Policy ?? service.PullPolicy;
            var lack = LocalImage.Lack(context, service, image);
            if (policy is "never" or "build" || (policy == "missing" && lack is null && !IsLatest(image)))
                continue;
            var cause = lack ?? Asked;
            plan.Add(
                new PullImage
                {
                    Target = "image:" + image, Cause = cause, Image = image, Platform = service.Platform, Service = service.Name,
                    Optional = request.IgnoreFailures || service.Build is not null,
                },
                plan.Operation("Pull", "image:" + image, cause));
        }

        return plan.Build(context.State);
    }

    public static ComposePlan Build(PlanContext context, ImageRequest request)
    {
        var plan = new PlanBuilder();
        var steps = new Dictionary<string, int>(StringComparer.Ordinal);
        var waiting = Selected(context, request).Where(service => service.Build is not null && service.Provider is null).ToList();
        while (waiting.Count > 0)
        {
            // A build whose context is another service's image comes after it; a circle is left to the builder to refuse.
            var service = waiting.FirstOrDefault(one => !Sources(one).Any(source => waiting.Any(other => other.Name == source && other != one))) ?? waiting[0];
            waiting.Remove(service);
            var image = context.Project.ImageOf(service);
            var after = Sources(service).Where(steps.ContainsKey).Select(source => PlanBuilder.After(steps[source]));
            steps[service.Name] = plan.Add(
                new BuildImage
                {
                    Target = "image:" + image, Cause = Asked, Image = image, Service = service.Name, Definition = request.Build.Over(service), Project = context.Project, Options = request.Build,
                },
                plan.Operation("Build", "image:" + image, Asked), after);
            if (request.Push && service.Image is not null)
                AddPush(plan, service, request, steps[service.Name]);
        }

        return plan.Build(context.State);
    }

    /// <summary>Only what is built here, and has a name of its own, is pushed, under all its tags.</summary>
    public static ComposePlan Push(PlanContext context, ImageRequest request)
    {
        var plan = new PlanBuilder();
        foreach (var service in Selected(context, request).Where(service => service.Build is not null && service.Image is not null))
            AddPush(plan, service, request, 0);
        return plan.Build(context.State);
    }

    private static void AddPush(PlanBuilder plan, ServiceDefinition service, ImageRequest request, int build)
    {
        foreach (var image in service.Build!.Tags.Prepend(service.Image!).Distinct())
        {
            plan.Add(
                new PushImage { Target = "image:" + image, Cause = Asked, Image = image, Service = service.Name, Optional = request.IgnoreFailures },
                plan.Operation("Push", "image:" + image, Asked), build > 0 ? [PlanBuilder.After(build)] : []);
        }
    }

    private static IReadOnlyList<ServiceDefinition> Selected(PlanContext context, ImageRequest request) =>
        ServiceOrder.Selected(context.Project, new UpOptions { Services = request.Services, NoDependencies = !request.Dependencies });

    private static IEnumerable<string> Sources(ServiceDefinition service) => service.Build!.AdditionalContexts.Values
        .Where(source => source.StartsWith("service:", StringComparison.Ordinal)).Select(source => source.Substring("service:".Length));

    private static bool IsLatest(string image) => image.IndexOf('@') < 0 && State.ImageName.Familiar(image).EndsWith(":latest", StringComparison.Ordinal);
}
