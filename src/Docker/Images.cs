namespace Compose.Engine.Dto;

/// <summary>An image in a list answer.</summary>
internal sealed record ImageSummary
{
    public required string Id { get; init; }
    public IReadOnlyList<string>? RepoTags { get; init; }
    public IReadOnlyList<string>? RepoDigests { get; init; }
    public IReadOnlyDictionary<string, string>? Labels { get; init; }
    public long Created { get; init; }
    public long Size { get; init; }

    /// <summary>
    /// The manifests of the image, one per platform; only from engines with the containerd image store, from API 1.48 on.
    /// </summary>
    public IReadOnlyList<ImageManifest>? Manifests { get; init; }
}

/// <summary>A manifest of an image. Its kind is image, attestation or unknown.</summary>
internal sealed record ImageManifest(string ID, string Kind, bool Available, ImageManifestData? ImageData);

internal sealed record ImageManifestData(ManifestPlatform? Platform);

internal sealed record ManifestPlatform(
    [property: System.Text.Json.Serialization.JsonPropertyName("os")] string? Os,
    [property: System.Text.Json.Serialization.JsonPropertyName("architecture")] string? Architecture,
    [property: System.Text.Json.Serialization.JsonPropertyName("variant")] string? Variant);

internal sealed record ManifestDescriptor([property: System.Text.Json.Serialization.JsonPropertyName("digest")] string? Digest);

/// <summary>An image in an inspect answer.</summary>
internal sealed record ImageInspect
{
    public required string Id { get; init; }
    public IReadOnlyList<string>? RepoTags { get; init; }
    public IReadOnlyList<string>? RepoDigests { get; init; }
    public string? Os { get; init; }
    public string? Architecture { get; init; }
    public string? Variant { get; init; }

    /// <summary>The creation time in UTC, in round-trip format.</summary>
    public string? Created { get; init; }
    public long Size { get; init; }
    public ContainerConfig? Config { get; init; }
    public ImageMetadata? Metadata { get; init; }
}

internal sealed record ImageMetadata(string? LastTagTime);
