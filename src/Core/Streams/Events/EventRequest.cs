using Compose.State.Choosing;

namespace Compose.Streams.Events;

/// <summary>Which events of a project are wanted.</summary>
internal sealed record EventRequest
{
    public required ContainerChoice Choice { get; init; }

    /// <summary>UTC; null: all the engine remembers, or with <see cref="Follow"/> from now on.</summary>
    public DateTime? Since { get; init; }

    /// <summary>UTC; null: now, or with <see cref="Follow"/> for ever.</summary>
    public DateTime? Until { get; init; }
    public bool Follow { get; init; }
}
