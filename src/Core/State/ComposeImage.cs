namespace Compose.State;

/// <summary>The image a container was made from.</summary>
public sealed record ComposeImage
{
    public required string EngineHost { get; init; }
    public required string ProjectName { get; init; }
    public required string Service { get; init; }
    public required string Container { get; init; }

    /// <summary>The replica's number; 0 for a one-off.</summary>
    public int Replica { get; init; }

    /// <summary>The image's name in the container's configuration; its id if that name now belongs to another image.</summary>
    public required string Image { get; init; }

    /// <summary>The name without tag; null if only the id is known.</summary>
    public string? Repository { get; init; }
    public string? Tag { get; init; }

    /// <summary>The image's id, <c>sha256:...</c>.</summary>
    public required string Id { get; init; }

    /// <summary>The digest in its registry; null for an image that was never pulled or pushed.</summary>
    public string? Digest { get; init; }

    /// <summary>os/architecture[/variant]; null if the image was removed.</summary>
    public string? Platform { get; init; }

    /// <summary>The size in bytes; null if the image was removed.</summary>
    public long? Size { get; init; }

    /// <summary>When the image was built, UTC; null if it was removed or has no date.</summary>
    public DateTime? Created { get; init; }

    /// <summary>
    /// The current digest of the image's name in the registry; null if it was not asked for or the registry did not return it.
    /// </summary>
    public string? RegistryDigest { get; init; }

    /// <summary>
    /// Whether the registry has another image with the same name; null if it was not asked for or is unknown.
    /// </summary>
    public bool? UpdateAvailable { get; init; }

    /// <inheritdoc/>
    public override string ToString() => Image;
}
