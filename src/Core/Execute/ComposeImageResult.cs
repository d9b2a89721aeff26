namespace Compose.Execute;

/// <summary>An image that was pulled, built or pushed for a service, or made of a container of it.</summary>
public sealed record ComposeImageResult
{
    public required string EngineHost { get; init; }
    public required string ProjectName { get; init; }
    public required string Service { get; init; }

    /// <summary>The container it was made of; null for any other.</summary>
    public string? Container { get; init; }

    /// <summary>The image's name; its id where it has none.</summary>
    public required string Image { get; init; }

    /// <summary>Pulled, Built, Pushed, Committed, or Skipped by a pull.</summary>
    public required string Result { get; init; }

    /// <summary>Why it was skipped; null for any other result.</summary>
    public string? Reason { get; init; }

    /// <summary>
    /// The image's id: sha256:...; empty where only the builder has it, as after a build for several platforms.
    /// </summary>
    public required string Id { get; init; }

    /// <summary>The digest its registry keeps it under; null for an image no registry has.</summary>
    public string? Digest { get; init; }

    /// <summary>How long it took.</summary>
    public TimeSpan Duration { get; init; }

    /// <inheritdoc/>
    public override string ToString() => Image;
}
