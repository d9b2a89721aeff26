namespace Compose.Plan.Prepare;

/// <summary>What engines can do from which minor API version on: 41 is 1.41.</summary>
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
    /// Whether a create may name all networks; an older engine takes one, and the others are joined afterwards.
    /// </summary>
    public static bool ConnectsAllNetworksAtCreate(int apiMinor) => apiMinor >= SeveralNetworksAtCreate;

    /// <summary>Whether each endpoint has a MAC address; on an older engine the container has one.</summary>
    public static bool HasMacPerEndpoint(int apiMinor) => apiMinor >= PerEndpointMac;

    /// <summary>Whether a network can do without IPv4.</summary>
    public static bool HeedsEnableIPv4(int apiMinor) => apiMinor >= SwitchForIPv4;
}
