namespace Compose.Execute;

/// <summary>An image that was pulled, built or pushed for a service, or made from a container of it.</summary>
public sealed record ComposeImageResult
{
    public required string EngineHost { get; init; }
    public required string ProjectName { get; init; }
    public required string Service { get; init; }

    /// <summary>The container it was made from; otherwise null.</summary>
    public string? Container { get; init; }

    /// <summary>The image's name, or its id if it has no name.</summary>
    public required string Image { get; init; }

    /// <summary>Pulled, Built, Pushed, Committed, or Skipped by a pull.</summary>
    public required string Result { get; init; }

    /// <summary>Why it was skipped; otherwise null.</summary>
    public string? Reason { get; init; }

    /// <summary>
    /// The image's id (sha256:...); empty if only the builder has the image, as after a build for several platforms.
    /// </summary>
    public required string Id { get; init; }

    /// <summary>The image's digest in its registry; null if it is in no registry.</summary>
    public string? Digest { get; init; }

    /// <summary>How long it took.</summary>
    public TimeSpan Duration { get; init; }

    /// <inheritdoc/>
    public override string ToString() => Image;
}
