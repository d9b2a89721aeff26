using Compose.Errors;
using Compose.Model;
using Compose.Plan.Building;
using Compose.Plan.Input;
using Compose.Plan.Prepare;

namespace Compose.Plan.Up;

/// <summary>The steps that pull or build images.</summary>
/// <param name="Services">By the service whose image it is.</param>
/// <param name="Images">By image, for images that hooks run or services mount.</param>
internal sealed record ImageSteps(IReadOnlyDictionary<string, int> Services, IReadOnlyDictionary<string, int> Images)
{
    /// <summary>No step: all images exist.</summary>
    public static readonly ImageSteps None = new(new Dictionary<string, int>(), new Dictionary<string, int>());
}

/// <summary>Plans the first stage of up: which images are pulled or built, by pull policy and what the engine has.</summary>
internal sealed class ImagePlanner
{
    private readonly PlanContext _context;
    private readonly PlanBuilder _plan;
    private readonly IReadOnlyList<ServiceDefinition> _wanted;

    /// <summary>The step of each image and platform; null if there is nothing to do.</summary>
    private readonly Dictionary<string, int?> _steps = new(StringComparer.Ordinal);

    private readonly HashSet<string> _looking = new(StringComparer.Ordinal);

    private ImagePlanner(PlanContext context, PlanBuilder plan, IEnumerable<ServiceDefinition> services) =>
        (_context, _plan, _wanted) = (
            context, plan, [.. services.Where(service => service.Provider is null && context.Wanted(service) > 0)]);

    /// <summary>Adds the steps and returns them by service and image.</summary>
    public static ImageSteps Plan(PlanContext context, PlanBuilder plan, IEnumerable<ServiceDefinition> services)
    {
        var planner = new ImagePlanner(context, plan, services);
        var sources = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var service in planner._wanted)
        {
            if (planner.Of(service) is { } step)
                sources[service.Name] = step;
        }

        return new ImageSteps(sources, planner.Others());
    }

    /// <summary>The step that pulls or builds a service's image; null if none is needed.</summary>
    private int? Of(ServiceDefinition service)
    {
        var image = _context.Project.ImageOf(service);
        var key = image + "|" + service.Platform;
        if (_steps.TryGetValue(key, out var known) && known is not null)
            return known;
        // Builds that need each other: the builder refuses them, here the recursion only has to end.
        if (!_looking.Add(key))
            return null;
        _steps[key] = Step(Builder(service, image), image);
        _looking.Remove(key);
        return _steps[key];
    }

    /// <summary>Pulls missing images that no service runs, but a pre_start hook runs or a service mounts.</summary>
    private Dictionary<string, int> Others()
    {
        var steps = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var service in _wanted)
        {
            foreach (var image in service.PreStart.Select(hook => hook.Image).OfType<string>().Concat(
                ImageMountRewrite.Of(service)).Where(image => !steps.ContainsKey(image)))
            {
                if (StepOfAnyPlatform(image) is { } known)
                    steps[image] = known;
                else if (_context.State.Image(image) is null)
                    steps[image] = Pull(service, image, "not on the engine", optional: false);
            }
        }

        return steps;
    }

    private int? StepOfAnyPlatform(string image) => _steps
        .Where(entry => entry.Key.StartsWith(image + "|", StringComparison.Ordinal))
        .Select(entry => entry.Value)
        .FirstOrDefault(step => step is not null);

    /// <summary>The service that decides where an image comes from: one that builds it, if there is one.</summary>
    private ServiceDefinition Builder(ServiceDefinition service, string image) =>
        service.Build is not null
            ? service
            : _wanted.FirstOrDefault(other => other.Build is not null && _context.Project.ImageOf(other) == image) ?? service;

    private int? Step(ServiceDefinition service, string image)
    {
        var lack = LocalImage.MissingReason(_context, service, image);
        var policy = _context.Options.Pull ?? service.PullPolicy ?? "missing";
        var due = lack is null ? LocalImage.Due(_context, image, policy) : null;
        if (service.Build is not null)
            return BuildStep(service, image, policy, lack, due);
        if (lack is not null && policy == "never")
            throw PlanErrors.ImageAbsent.Exception(
                $"{service.Origin}: image {image} of service '{service.Name}' is {lack} and its pull policy is never.", image);
        return (lack ?? due) is { } cause ? Pull(service, image, cause, optional: false) : null;
    }

    private int? BuildStep(ServiceDefinition service, string image, string policy, string? lack, string? due)
    {
        var asked = _context.Options.Build || policy == "build";
        if (asked && !_context.Options.NoBuild)
            return Build(service, image, _context.Options.Build ? "asked for" : "pull policy is build", null);
        if ((lack ?? due) is not { } cause)
            return null;
        int? pull = service.Image is not null && policy is not ("never" or "build")
            ? Pull(service, image, cause, optional: true)
            : null;
        if (lack is null)
            return pull;
        if (!_context.Options.NoBuild)
            return Build(service, image, lack, pull);
        return pull
            ?? throw PlanErrors.NoImage.Exception(
                $"{service.Origin}: image {image} of service '{service.Name}' is {lack} and building it was ruled out.", image);
    }

    private int Pull(ServiceDefinition service, string image, string cause, bool optional) =>
        _plan.Add(
            new PullImage
            {
                Target = "image:" + image,
                Cause = cause,
                Image = image,
                Platform = service.Platform ?? BuildPlatforms.Default(_context.Project),
                Service = service.Name,
                Optional = optional,
            },
            _plan.Operation("Pull", "image:" + image, cause));

    /// <summary>A build runs after those of the images it takes as contexts, even of services outside the run.</summary>
    private int Build(ServiceDefinition service, string image, string cause, int? pull)
    {
        var contexts = BuildSources.Of(_context.Project, service);
        var others = BuildSources.Before(_context.Project, service).Where(_wanted.Contains);
        List<PlanEdge> after = [.. PlanBuilder.AfterAll(contexts.Concat(others).Distinct().Select(Of).OfType<int>().Distinct())];
        if (pull is { } optional)
            after.Add(new PlanEdge(optional, false));
        return _plan.Add(
            new BuildImage
            {
                Target = "image:" + image,
                Cause = cause,
                Image = image,
                Service = service.Name,
                Definition = BuildPlatforms.ToRun(service),
                Project = _context.Project,
                Proxies = _context.Proxies,
                UnlessPulledBy = pull,
                Conditional = pull is not null,
            },
            _plan.Operation("Build", "image:" + image, cause), after);
    }
}
