using Compose.Errors;
using Compose.Model;
using Compose.Model.Loading;
using Compose.Plan.Requests;

namespace Compose.Plan.Prepare;

/// <summary>Refuses, or warns about, settings of a service that the engine is too old for.</summary>
internal static class EngineFeatureCheck
{
    public static void Check(ServiceDefinition service, int apiMinor)
    {
        SecurityProfile(service);
        Health(service, apiMinor);
        Mac(service, apiMinor);
        foreach (var mount in service.Volumes)
            Mount(service, mount, apiMinor);
        foreach (var network in service.Networks.Where(network =>
            network.Value?.InterfaceName is { Length: > 0 } && apiMinor < EngineFeatures.InterfaceNames))
            throw TooOld(
                $"{service.Origin}: service '{service.Name}' names its interface in network '{network.Key}'",
                EngineFeatures.InterfaceNames, apiMinor);
    }

    /// <summary>What tasks of a swarm can have, too.</summary>
    public static void CheckTask(ServiceDefinition service, int apiMinor)
    {
        SecurityProfile(service);
        Health(service, apiMinor);
        foreach (var mount in service.Volumes)
            Mount(service, mount, apiMinor);
    }

    /// <summary>Warnings about settings that an older engine ignores and the container works without.</summary>
    public static IEnumerable<string> Ignored(ServiceDefinition service, int apiMinor)
    {
        if (service.Annotations.Count > 0 && !EngineFeatures.KeepsAnnotations(apiMinor))
            yield return $"{service.Origin}: the engine speaks API 1.{apiMinor} and does not keep the annotations of service "
                + $"'{service.Name}'.";
        foreach (var network in service.Networks.Where(network =>
            network.Value is { GatewayPriority: not 0 } && apiMinor < EngineFeatures.GatewayPriorities))
            yield return $"{service.Origin}: the engine speaks API 1.{apiMinor} and ignores the gw_priority of service "
                + $"'{service.Name}' in network '{network.Key}'.";
    }

    private static void SecurityProfile(ServiceDefinition service)
    {
        if (service.SecurityOptions.Select(SecurityProfiles.FileOf).FirstOrDefault(file =>
            file is not null && !service.SecurityProfiles.ContainsKey(file)) is { } profile)
            throw PlanErrors.SecurityProfileUnreadable.Exception(
                $"{service.Origin}: the seccomp profile '{profile}' of service '{service.Name}' cannot be read as JSON.",
                profile);
    }

    /// <summary>An engine that ignores one of these options would mount more than the file says, so they are refused.</summary>
    private static void Mount(ServiceDefinition service, MountDefinition mount, int apiMinor)
    {
        if (mount.Type == "image" && apiMinor < EngineFeatures.ImageMounts)
            throw TooOld($"{mount.Origin}: service '{service.Name}' mounts an image", EngineFeatures.ImageMounts, apiMinor);
        if (mount.Volume?.Subpath is { Length: > 0 } && apiMinor < EngineFeatures.Subpaths)
            throw TooOld(
                $"{mount.Origin}: service '{service.Name}' mounts a subpath of a volume", EngineFeatures.Subpaths, apiMinor);
        if (mount.Bind?.Recursive is "writable" or "readonly" && apiMinor < EngineFeatures.ReadOnlyRecursion)
            throw TooOld(
                $"{mount.Origin}: service '{service.Name}' has a bind that is recursive: {mount.Bind.Recursive}",
                EngineFeatures.ReadOnlyRecursion, apiMinor);
    }

    /// <summary>Engines ignore a start_interval without a start_period.</summary>
    private static void Health(ServiceDefinition service, int apiMinor)
    {
        if (service.Healthcheck is { StartInterval: not null, Disable: false } && apiMinor < EngineFeatures.StartIntervals)
            throw TooOld(
                $"{service.Origin}: the healthcheck of service '{service.Name}' has a start_interval",
                EngineFeatures.StartIntervals, apiMinor);
        if (service.Healthcheck is { StartInterval: not null, StartPeriod: null, Disable: false })
            throw PlanErrors.StartIntervalAlone.Exception(
                $"{service.Origin}: the healthcheck of service '{service.Name}' has a start_interval and no start_period.",
                service.Name);
    }

    /// <summary>The service's MAC address is that of its first network. An older engine has no others.</summary>
    private static void Mac(ServiceDefinition service, int apiMinor)
    {
        var keys = EndpointTranslation.Ordered(service).ToList();
        foreach (var (key, index) in keys.Select((key, index) => (key, index)))
        {
            if (service.Networks[key]?.MacAddress is not { Length: > 0 } address)
                continue;
            if (index == 0 && service.MacAddress is { Length: > 0 } own && own != address)
                throw PlanErrors.MacAddressConflict.Exception(
                    $"{service.Origin}: service '{service.Name}' has the mac_address {own} and another, {address}, in its "
                        + $"network '{key}'.",
                    service.Name);
            if (index > 0 && !EngineFeatures.HasMacPerEndpoint(apiMinor))
                throw TooOld(
                    $"{service.Origin}: service '{service.Name}' has a mac_address in its network '{key}'",
                    EngineFeatures.PerEndpointMac, apiMinor);
        }
    }

    private static ComposeException TooOld(string what, int needed, int apiMinor) =>
        PlanErrors.EngineLacks.Exception($"{what}, which needs API 1.{needed}; the engine speaks 1.{apiMinor}.", null);
}
