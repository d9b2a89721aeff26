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

    /// <summary>The image's name as the container has it; its id where the name means another image now.</summary>
    public required string Image { get; init; }

    /// <summary>The name without tag; null where only the id is known.</summary>
    public string? Repository { get; init; }
    public string? Tag { get; init; }

    /// <summary>sha256:...</summary>
    public required string Id { get; init; }

    /// <summary>The digest its registry keeps it under; null for an image no registry has.</summary>
    public string? Digest { get; init; }

    /// <summary>os/architecture[/variant]; null where the image is gone.</summary>
    public string? Platform { get; init; }

    /// <summary>Bytes; null where the image is gone.</summary>
    public long? Size { get; init; }

    /// <summary>When it was built, UTC; null where it is gone or does not say.</summary>
    public DateTime? Created { get; init; }

    /// <summary>
    /// The digest the registry has under the same name now; null unless asked for, or where the registry does not tell.
    /// </summary>
    public string? RegistryDigest { get; init; }

    /// <summary>
    /// Whether the registry has another image under the same name; null unless asked for, or where it cannot be known.
    /// </summary>
    public bool? UpdateAvailable { get; init; }

    /// <inheritdoc/>
    public override string ToString() => Image;
}
