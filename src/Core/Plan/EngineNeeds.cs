using Compose.Errors;
using Compose.Model;
using Compose.Plan.Requests;

namespace Compose.Plan;

/// <summary>What a service asks for and the engine at hand does not have: refused or warned about, at its place.</summary>
internal static class EngineNeeds
{
    private const int Annotations = 43;
    private const int PerEndpointMac = 44;
    private const int StartIntervals = 44;
    private const int ReadOnlyRecursion = 44;
    private const int Subpaths = 45;
    private const int GatewayPriorities = 48;
    private const int ImageMounts = 48;
    private const int InterfaceNames = 49;

    public static void Check(ServiceDefinition service, int apiMinor)
    {
        SecurityProfile(service);
        Health(service, apiMinor);
        Mac(service, apiMinor);
        foreach (var mount in service.Volumes)
            Mount(service, mount, apiMinor);
        foreach (var network in service.Networks.Where(network => network.Value?.InterfaceName is { Length: > 0 } && apiMinor < InterfaceNames))
            throw TooOld($"{service.Origin}: service '{service.Name}' names its interface in network '{network.Key}'", InterfaceNames, apiMinor);
    }

    /// <summary>What an older engine does not heed; the container works without it.</summary>
    public static IEnumerable<string> Unheeded(ServiceDefinition service, int apiMinor)
    {
        if (service.Annotations.Count > 0 && apiMinor < Annotations)
            yield return $"{service.Origin}: the engine speaks API 1.{apiMinor} and does not keep the annotations of service '{service.Name}'.";
        foreach (var network in service.Networks.Where(network => network.Value is { GatewayPriority: not 0 } && apiMinor < GatewayPriorities))
            yield return $"{service.Origin}: the engine speaks API 1.{apiMinor} and does not heed the gw_priority of service '{service.Name}' in network '{network.Key}'.";
    }

    /// <summary>Whether the engine keeps a container's annotations.</summary>
    public static bool KeepsAnnotations(int apiMinor) => apiMinor >= Annotations;

    /// <summary>Whether the engine keeps a MAC address per endpoint; an older one has one a container.</summary>
    public static bool KnowsEndpointMac(int apiMinor) => apiMinor >= PerEndpointMac;

    private static void SecurityProfile(ServiceDefinition service)
    {
        if (service.SecurityOptions.Select(SecurityProfiles.FileOf).FirstOrDefault(file => file is not null && !service.SecurityProfiles.ContainsKey(file)) is { } profile)
            throw PlanErrors.SecurityProfileUnreadable.Exception($"{service.Origin}: the seccomp profile '{profile}' of service '{service.Name}' cannot be read as JSON.", profile);
    }

    /// <summary>An engine that does not know an option mounts more than was asked for, so none of them is passed over.</summary>
    private static void Mount(ServiceDefinition service, MountDefinition mount, int apiMinor)
    {
        if (mount.Type == "image" && apiMinor < ImageMounts)
            throw TooOld($"{mount.Origin}: service '{service.Name}' mounts an image", ImageMounts, apiMinor);
        if (mount.Volume?.Subpath is { Length: > 0 } && apiMinor < Subpaths)
            throw TooOld($"{mount.Origin}: service '{service.Name}' mounts a subpath of a volume", Subpaths, apiMinor);
        if (mount.Bind?.Recursive is "writable" or "readonly" && apiMinor < ReadOnlyRecursion)
            throw TooOld($"{mount.Origin}: service '{service.Name}' has a bind that is recursive: {mount.Bind.Recursive}", ReadOnlyRecursion, apiMinor);
    }

    /// <summary>Engines probe as if start_interval were not there when there is no start_period.</summary>
    private static void Health(ServiceDefinition service, int apiMinor)
    {
        if (service.Healthcheck is { StartInterval: not null, Disable: false } && apiMinor < StartIntervals)
            throw TooOld($"{service.Origin}: the healthcheck of service '{service.Name}' has a start_interval", StartIntervals, apiMinor);
        if (service.Healthcheck is { StartInterval: not null, StartPeriod: null, Disable: false })
            throw PlanErrors.StartIntervalAlone.Exception($"{service.Origin}: the healthcheck of service '{service.Name}' has a start_interval and no start_period.", service.Name);
    }

    /// <summary>The service's address is that of its first network; an older engine knows no other.</summary>
    private static void Mac(ServiceDefinition service, int apiMinor)
    {
        var keys = EndpointTranslation.Ordered(service).ToList();
        foreach (var (key, index) in keys.Select((key, index) => (key, index)))
        {
            if (service.Networks[key]?.MacAddress is not { Length: > 0 } address)
                continue;
            if (index == 0 && service.MacAddress is { Length: > 0 } own && own != address)
                throw PlanErrors.MacAddressConflict.Exception($"{service.Origin}: service '{service.Name}' has the mac_address {own} and another, {address}, in its network '{key}'.", service.Name);
            if (index > 0 && apiMinor < PerEndpointMac)
                throw TooOld($"{service.Origin}: service '{service.Name}' has a mac_address in its network '{key}'", PerEndpointMac, apiMinor);
        }
    }

    private static ComposeException TooOld(string what, int needed, int apiMinor) =>
        PlanErrors.EngineLacks.Exception($"{what}, which needs API 1.{needed}; the engine speaks 1.{apiMinor}.", null);
}
