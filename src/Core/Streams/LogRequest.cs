namespace Compose.Streams;

/// <summary>Which log lines of a project are wanted.</summary>
internal sealed record LogRequest
{
    public required string ProjectName { get; init; }

    /// <summary>Empty means all.</summary>
    public IReadOnlyList<string> Services { get; init; } = [];

    /// <summary>Names of single containers; empty means all.</summary>
    public IReadOnlyList<string> Containers { get; init; } = [];

    /// <summary>The last lines of each container; null means all.</summary>
    public int? Tail { get; init; }

    /// <summary>UTC.</summary>
    public DateTime? Since { get; init; }

    /// <summary>UTC.</summary>
    public DateTime? Until { get; init; }
    public bool Follow { get; init; }
}
