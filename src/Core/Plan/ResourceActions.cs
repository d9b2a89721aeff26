using Compose.Engine.Dto;

namespace Compose.Plan;

/// <summary>Creates a network.</summary>
public sealed record CreateNetwork : PlanAction
{
    internal CreateNetwork()
    {
    }

    public required string Network { get; init; }
    internal NetworkResource Request { get; init; } = null!;
}

/// <summary>Removes a network.</summary>
public sealed record RemoveNetwork : PlanAction
{
    internal RemoveNetwork()
    {
    }

    public required string Network { get; init; }
    internal string NetworkId { get; init; } = null!;

    /// <summary>True if the network stays, with a warning, when other containers are still on it.</summary>
    public bool Optional { get; init; }
}

/// <summary>Connects a container to a network.</summary>
public sealed record ConnectNetwork : PlanAction
{
    internal ConnectNetwork()
    {
    }

    public required string Network { get; init; }
    public required string Container { get; init; }
    internal ContainerReference Reference { get; init; } = null!;
    internal EndpointSettings? Endpoint { get; init; }
}

/// <summary>Disconnects a container from a network.</summary>
public sealed record DisconnectNetwork : PlanAction
{
    internal DisconnectNetwork()
    {
    }

    public required string Network { get; init; }
    public required string Container { get; init; }
    internal ContainerReference Reference { get; init; } = null!;
    internal string NetworkId { get; init; } = null!;
}

/// <summary>Creates a volume.</summary>
public sealed record CreateVolume : PlanAction
{
    internal CreateVolume()
    {
    }

    public required string Volume { get; init; }
    internal CreateVolumeRequest Request { get; init; } = null!;
}

/// <summary>Removes a volume with its data.</summary>
public sealed record RemoveVolume : PlanAction
{
    internal RemoveVolume()
    {
    }

    public required string Volume { get; init; }
}
