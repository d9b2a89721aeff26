namespace Compose.Execute.Copy;

/// <summary>The result of a copy into or out of a container.</summary>
public sealed record ComposeCopyResult
{
    public required string EngineHost { get; init; }
    public required string ProjectName { get; init; }
    public required string Service { get; init; }
    public required string Container { get; init; }

    /// <summary>The replica's number; 0 for a one-off.</summary>
    public int Replica { get; init; }

    /// <summary>IntoContainer or FromContainer.</summary>
    public required string Direction { get; init; }

    /// <summary>The path copied from.</summary>
    public required string Source { get; init; }

    /// <summary>The directory or file copied to.</summary>
    public required string Destination { get; init; }

    /// <summary>Files, directories and links copied.</summary>
    public int Items { get; init; }

    /// <summary>Bytes of content copied.</summary>
    public long Bytes { get; init; }

    /// <inheritdoc/>
    public override string ToString() => Destination;
}
