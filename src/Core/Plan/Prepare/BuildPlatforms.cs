using Compose.Errors;
using Compose.Model;
using Compose.Model.Naming;

namespace Compose.Plan.Prepare;

/// <summary>
/// The platforms that images are pulled and built for: the service's, the build's, or else DOCKER_DEFAULT_PLATFORM.
/// </summary>
internal static class BuildPlatforms
{
    /// <summary>
    /// Sets the variable's platform in services that are built and have none. As in docker compose, it is then part of their
    /// containers and hashes too.
    /// </summary>
    public static ComposeProject Rewrite(ComposeProject project) => Default(project) is not { } platform ? project : project with
    {
        Services = project.Services.ToDictionary(pair => pair.Key, pair => Rewrite(pair.Value, platform), StringComparer.Ordinal),
        DisabledServices = project.DisabledServices.ToDictionary(
            pair => pair.Key, pair => Rewrite(pair.Value, platform), StringComparer.Ordinal),
    };

    /// <summary>The platform of services that name none; null leaves it to the engine.</summary>
    public static string? Default(ComposeProject project) =>
        project.Environment.TryGetValue(ComposeVariables.DefaultPlatform, out var platform) && platform.Length > 0
            ? platform
            : null;

    /// <summary>Refuses a service whose platform is none of those it is built for.</summary>
    /// <exception cref="ComposeException">PlatformNotBuilt.</exception>
    public static void Check(ServiceDefinition service)
    {
        if (service is { Platform: { } platform, Build.Platforms: { Count: > 0 } built } && !built.Contains(platform))
            throw PlanErrors.PlatformNotBuilt.Exception(
                $"{service.Origin}: service '{service.Name}' is for {platform}, and its build is for {string.Join(", ", built)} "
                    + "alone.",
                service.Name);
    }

    /// <summary>
    /// The service with a build for the one platform it runs on: its own, else the build's only one, else the builder's.
    /// </summary>
    public static ServiceDefinition ToRun(ServiceDefinition service) => service.Build is not { } build ? service : service with
    {
        Build = build with
        {
            Platforms = service.Platform is { } platform ? [platform] : build.Platforms.Count > 1 ? [] : build.Platforms,
        },
    };

    /// <summary>The service with a build for every platform in the file, as the build command does it.</summary>
    public static ServiceDefinition ToKeep(ServiceDefinition service) =>
        service is { Build: { Platforms.Count: 0 } build, Platform: { } platform }
            ? service with { Build = build with { Platforms = [platform] } }
            : service;

    private static ServiceDefinition Rewrite(ServiceDefinition service, string platform) =>
        service is { Build: not null, Platform: null } ? service with { Platform = platform } : service;
}
