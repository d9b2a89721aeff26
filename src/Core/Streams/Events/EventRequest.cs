using Compose.State.Choosing;

namespace Compose.Streams.Events;

/// <summary>Which events of a project to read.</summary>
internal sealed record EventRequest
{
    public required ContainerChoice Choice { get; init; }

    /// <summary>UTC; null for all that the engine remembers, or with <see cref="Follow"/> for events from now on.</summary>
    public DateTime? Since { get; init; }

    /// <summary>UTC; null for now, or with <see cref="Follow"/> for no end.</summary>
    public DateTime? Until { get; init; }
    public bool Follow { get; init; }
}
