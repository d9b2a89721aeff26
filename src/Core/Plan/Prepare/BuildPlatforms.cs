using Compose.Errors;
using Compose.Model;
using Compose.Model.Naming;

namespace Compose.Plan.Prepare;

/// <summary>
/// For which platforms images are pulled and built: the service's, the build's, and what DOCKER_DEFAULT_PLATFORM says where
/// neither does.
/// </summary>
internal static class BuildPlatforms
{
    /// <summary>
    /// The variable fills in the platform of services that are built, in their containers and hashes too, as docker compose has
    /// it.
    /// </summary>
    public static ComposeProject Rewrite(ComposeProject project) => Default(project) is not { } platform ? project : project with
    {
        Services = project.Services.ToDictionary(pair => pair.Key, pair => Rewrite(pair.Value, platform), StringComparer.Ordinal),
        DisabledServices = project.DisabledServices.ToDictionary(
            pair => pair.Key, pair => Rewrite(pair.Value, platform), StringComparer.Ordinal),
    };

    /// <summary>What is pulled and built where no service says; null leaves it to the engine.</summary>
    public static string? Default(ComposeProject project) =>
        project.Environment.TryGetValue(ComposeVariables.DefaultPlatform, out var platform) && platform.Length > 0
            ? platform
            : null;

    /// <summary>A service runs on one of the platforms it is built for.</summary>
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
    /// The build for one platform, of an image that is to run here: the service's, the only one there is, else the builder's own.
    /// </summary>
    public static ServiceDefinition ToRun(ServiceDefinition service) => service.Build is not { } build ? service : service with
    {
        Build = build with
        {
            Platforms = service.Platform is { } platform ? [platform] : build.Platforms.Count > 1 ? [] : build.Platforms,
        },
    };

    /// <summary>The build as a command of its own makes it: for every platform the file names.</summary>
    public static ServiceDefinition ToKeep(ServiceDefinition service) =>
        service is { Build: { Platforms.Count: 0 } build, Platform: { } platform }
            ? service with { Build = build with { Platforms = [platform] } }
            : service;

    private static ServiceDefinition Rewrite(ServiceDefinition service, string platform) =>
        service is { Build: not null, Platform: null } ? service with { Platform = platform } : service;
}
