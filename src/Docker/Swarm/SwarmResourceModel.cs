using Docker.DotNet.Models;

namespace Compose.Engine.Api;

/// <summary>Converts resources and placement between Docker.DotNet's models and our records.</summary>
internal static class SwarmResourceModel
{
    public static Dto.SwarmResourceRequirements Read(ResourceRequirements resources) => new()
    {
        Limits = resources.Limits is { } limits
            ? new Dto.SwarmLimits { NanoCPUs = limits.NanoCPUs, MemoryBytes = limits.MemoryBytes, Pids = limits.Pids }
            : null,
        Reservations = resources.Reservations is { } reservations ? Read(reservations) : null,
        SwapBytes = resources.SwapBytes,
        MemorySwappiness = resources.MemorySwappiness,
    };

    public static ResourceRequirements Sent(Dto.SwarmResourceRequirements resources) => new()
    {
        Limits = resources.Limits is { } limits
            ? new SwarmLimit { NanoCPUs = limits.NanoCPUs, MemoryBytes = limits.MemoryBytes, Pids = limits.Pids }
            : null!,
        Reservations = resources.Reservations is { } reservations ? Sent(reservations) : null!,
        SwapBytes = resources.SwapBytes,
        MemorySwappiness = resources.MemorySwappiness,
    };

    public static Dto.SwarmReservations Read(SwarmResources resources) => new()
    {
        NanoCPUs = resources.NanoCPUs,
        MemoryBytes = resources.MemoryBytes,
        GenericResources = Models.Each(resources.GenericResources, Read),
    };

    public static Dto.SwarmPlacement Read(Placement placement) => new()
    {
        Constraints = Models.Texts(placement.Constraints),
        Preferences = placement.Preferences?.Select(preference => preference.Spread?.SpreadDescriptor).OfType<string>().ToArray(),
        MaxReplicas = (long?)placement.MaxReplicas,
        Platforms = Models.Each(placement.Platforms, Read),
    };

    public static Placement Sent(Dto.SwarmPlacement placement) => new()
    {
        Constraints = Models.Sent(placement.Constraints),
        Preferences = Models.SentEach(
            placement.Preferences,
            label => new PlacementPreference { Spread = new SpreadOver { SpreadDescriptor = label } }),
        MaxReplicas = (ulong?)placement.MaxReplicas,
        Platforms = Models.SentEach(
            placement.Platforms,
            platform => new SwarmPlatform { Architecture = platform.Architecture!, OS = platform.OS! }),
    };

    public static Dto.SwarmPlatform Read(SwarmPlatform platform) =>
        new(Models.Text(platform.Architecture), Models.Text(platform.OS));

    private static SwarmResources Sent(Dto.SwarmReservations resources) => new()
    {
        NanoCPUs = resources.NanoCPUs,
        MemoryBytes = resources.MemoryBytes,
        GenericResources = Models.SentEach(resources.GenericResources, Sent),
    };

    private static Dto.SwarmGenericResource Read(GenericResource resource) => new()
    {
        Kind = resource.DiscreteResourceSpec?.Kind ?? resource.NamedResourceSpec?.Kind!,
        Value = resource.DiscreteResourceSpec?.Value,
        Name = Models.Text(resource.NamedResourceSpec?.Value),
    };

    private static GenericResource Sent(Dto.SwarmGenericResource resource) => new()
    {
        NamedResourceSpec = resource.Name is { } name
            ? new NamedGenericResource { Kind = resource.Kind, Value = name }
            : null!,
        DiscreteResourceSpec = resource.Name is null
            ? new DiscreteGenericResource { Kind = resource.Kind, Value = resource.Value }
            : null!,
    };
}
