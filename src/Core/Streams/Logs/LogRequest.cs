using Compose.State.Choosing;

namespace Compose.Streams.Logs;

/// <summary>Which log lines of a project to read.</summary>
internal sealed record LogRequest
{
    public required ContainerChoice Choice { get; init; }

    /// <summary>How many last lines of each container; null for all.</summary>
    public int? Tail { get; init; }

    /// <summary>UTC.</summary>
    public DateTime? Since { get; init; }

    /// <summary>UTC.</summary>
    public DateTime? Until { get; init; }
    public bool Follow { get; init; }
}
