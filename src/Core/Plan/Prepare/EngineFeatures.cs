namespace Compose.Plan.Prepare;

/// <summary>The features of engines, by the minor API version that introduced them: 41 is 1.41.</summary>
internal static class EngineFeatures
{
    public const int Annotations = 43;
    public const int PerEndpointMac = 44;
    public const int StartIntervals = 44;
    public const int ReadOnlyRecursion = 44;
    public const int Subpaths = 45;
    public const int GatewayPriorities = 48;
    public const int ImageMounts = 48;
    public const int InterfaceNames = 49;
    private const int SeveralNetworksAtCreate = 44;
    private const int SwitchForIPv4 = 47;

    /// <summary>Whether the engine keeps a container's annotations.</summary>
    public static bool KeepsAnnotations(int apiMinor) => apiMinor >= Annotations;

    /// <summary>
    /// Whether a create request may have several networks. With an older engine, a container is connected to the others later.
    /// </summary>
    public static bool ConnectsAllNetworksAtCreate(int apiMinor) => apiMinor >= SeveralNetworksAtCreate;

    /// <summary>Whether each endpoint has a MAC address of its own; on an older engine the container has one.</summary>
    public static bool HasMacPerEndpoint(int apiMinor) => apiMinor >= PerEndpointMac;

    /// <summary>Whether IPv4 can be disabled in a network.</summary>
    public static bool CanDisableIPv4(int apiMinor) => apiMinor >= SwitchForIPv4;
}
