using Compose.Model;
using Compose.Plan.Building;
using Compose.Plan.Input;
using Compose.Plan.Prepare;
using Compose.Plan.Up;

namespace Compose.Plan.Commands;

/// <summary>Plans the commands pull, build and push by docker compose's rules.</summary>
internal static class ImageCommandPlanner
{
    private const string Asked = "asked for";

    /// <summary>
    /// Plans pull. A service without a policy is always pulled; with never or build it is not; with missing only if the image
    /// does not exist or its tag is latest.
    /// </summary>
    public static ComposePlan Pull(PlanContext context, ImageRequest request)
    {
        var plan = new PlanBuilder();
        var seen = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var service in Selected(context, request))
        {
            var policy = request.Policy ?? service.PullPolicy;
            if (service.Build is not null && context.State.Image(context.Project.ImageOf(service)) is null)
                plan.Unbuilt.Add((service.Name, context.Project.ImageOf(service)));
            if (service.Image is not { } image)
                Skip(service, context.Project.ImageOf(service), "there is no image to pull: it is built");
            else if (request.IgnoreBuildable && service.Build is not null)
                Skip(service, image, "it can be built");
            else
                Add(service, image, policy, service.Platform, service.Build is not null);
            // Images of hooks cannot be built, so for them the policy build means missing.
            foreach (var used in service.PreStart.Select(hook => hook.Image).OfType<string>().Where(used =>
                used != context.Project.ImageOf(service)))
                Add(service, used, policy == "build" ? "missing" : policy, null, false);
        }

        return plan.Build(context.State);

        void Skip(ServiceDefinition service, string image, string reason) =>
            plan.Skipped.Add(new SkippedImage(service.Name, image, reason));

        void Add(ServiceDefinition service, string image, string? policy, string? platform, bool buildable)
        {
            var lack = LocalImage.MissingReason(context, service, image);
            var reason = policy is "never" or "build" ? $"its pull policy is {policy}"
                : policy == "missing" && lack is null && !IsLatest(image) ? "the engine has it"
                : seen.TryGetValue(image + "|" + platform, out var other) ? $"it is pulled for service {other}"
                : null;
            if (reason is not null)
            {
                Skip(service, image, reason);
                return;
            }

            seen[image + "|" + platform] = service.Name;
            var cause = lack ?? Asked;
            plan.Add(
                new PullImage
                {
                    Target = "image:" + image, Cause = cause, Image = image, Platform = platform
                        ?? BuildPlatforms.Default(context.Project), Service = service.Name,
                    Optional = request.IgnoreFailures || buildable,
                },
                plan.Operation("Pull", "image:" + image, cause));
        }
    }

    public static ComposePlan Build(PlanContext context, ImageRequest request)
    {
        var plan = new PlanBuilder();
        var steps = new Dictionary<string, int>(StringComparer.Ordinal);
        var waiting = WithSources(
            context.Project, Selected(context, request).Where(service => service.Build is not null && service.Provider is null));
        while (waiting.Count > 0)
        {
            // A build runs after those it needs. The builder refuses builds that need each other.
            var service = waiting.FirstOrDefault(one =>
                !Sources(context.Project, one).Any(source => waiting.Any(other => other.Name == source && other != one)))
                ?? waiting[0];
            waiting.Remove(service);
            BuildPlatforms.Check(service);
            var image = context.Project.ImageOf(service);
            var after = Sources(context.Project, service)
                .Where(steps.ContainsKey)
                .Select(source => PlanBuilder.After(steps[source]));
            steps[service.Name] = plan.Add(
                new BuildImage
                {
                    Target =
                        "image:" + image, Cause =
                            Asked, Image = image, Service = service.Name, Definition = BuildPlatforms.ToKeep(
                                request.Build.Over(service)), Project = context.Project,
                    Proxies = context.Proxies, Options = request.Build with
                    {
                        Push = request.Push && service.Image is not null && service.Build!.Platforms.Count > 1,
                    },
                },
                plan.Operation("Build", "image:" + image, Asked), after);
            // An image for several platforms exists only in the builder, so the builder pushes it.
            if (request.Push && service.Image is not null && service.Build!.Platforms.Count <= 1)
                AddPush(plan, service, request, steps[service.Name]);
        }

        return plan.Build(context.State);
    }

    /// <summary>Plans push: all tags of services that have both build and image.</summary>
    public static ComposePlan Push(PlanContext context, ImageRequest request)
    {
        var plan = new PlanBuilder();
        foreach (var service in Selected(context, request).Where(service =>
            service.Build is not null && service.Image is not null))
            AddPush(plan, service, request, null);
        return plan.Build(context.State);
    }

    /// <summary>
    /// Pushes the tags of one repository one after another: a registry that gets the same layers twice at once may fail, and the
    /// second push finds them there already.
    /// </summary>
    private static void AddPush(PlanBuilder plan, ServiceDefinition service, ImageRequest request, int? build)
    {
        var previous = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var image in service.Build!.Tags.Prepend(service.Image!).Distinct())
        {
            var repository = State.ImageName.Repository(image);
            IEnumerable<PlanEdge> after = build is { } built ? [PlanBuilder.After(built)] : [];
            if (previous.TryGetValue(repository, out var push))
                after = after.Append(new PlanEdge(push, false));
            previous[repository] = plan.Add(
                new PushImage
                {
                    Target = "image:" + image,
                    Cause = Asked,
                    Image = image,
                    Service = service.Name,
                    Optional = request.IgnoreFailures,
                },
                plan.Operation("Push", "image:" + image, Asked), after);
        }
    }

    private static IReadOnlyList<ServiceDefinition> Selected(PlanContext context, ImageRequest request) =>
        ServiceOrder.Selected(
            context.Project, new UpOptions { Services = request.Services, NoDependencies = !request.Dependencies });

    private static IEnumerable<string> Sources(ComposeProject project, ServiceDefinition service) =>
        BuildSources.Before(project, service).Select(source => source.Name).Distinct();

    /// <summary>The services and all whose images their builds need, directly or not.</summary>
    private static List<ServiceDefinition> WithSources(ComposeProject project, IEnumerable<ServiceDefinition> services)
    {
        var all = services.ToList();
        for (var index = 0; index < all.Count; index++)
            all.AddRange(
                BuildSources.Of(project, all[index])
                    .Where(source => source.Build is not null && all.All(known => known.Name != source.Name))
                    .ToList());
        return all;
    }

    private static bool IsLatest(string image) =>
        image.IndexOf('@') < 0 && State.ImageName.Familiar(image).EndsWith(":latest", StringComparison.Ordinal);
}
