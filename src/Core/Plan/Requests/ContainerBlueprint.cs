using Compose.Engine.Dto;

namespace Compose.Plan.Requests;

/// <summary>
/// What a new container is created from: a service (<see cref="ContainerSource"/>) or a request that is ready
/// (<see cref="ReadyRequest"/>).
/// </summary>
internal abstract record ContainerBlueprint
{
    /// <summary>os/architecture of its image; null for the engine's own.</summary>
    public abstract string? Platform { get; }

    /// <summary>The images that have to exist before.</summary>
    public abstract IEnumerable<string> Images { get; }
}

/// <summary>A request made from a container that exists.</summary>
internal sealed record ReadyRequest(CreateContainerRequest Request, string? Platform, IEnumerable<string> Images)
    : ContainerBlueprint
{
    public override string? Platform { get; } = Platform;

    public override IEnumerable<string> Images { get; } = Images;
}
