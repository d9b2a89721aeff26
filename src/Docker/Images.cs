namespace Compose.Engine.Dto;

/// <summary>An image as a list tells of it.</summary>
internal sealed record ImageSummary
{
    public required string Id { get; init; }
    public IReadOnlyList<string>? RepoTags { get; init; }
    public IReadOnlyList<string>? RepoDigests { get; init; }
    public IReadOnlyDictionary<string, string>? Labels { get; init; }
    public long Created { get; init; }
    public long Size { get; init; }

    /// <summary>
    /// What the image has for each platform: only from an engine with the containerd image store, from API 1.48 on.
    /// </summary>
    public IReadOnlyList<ImageManifest>? Manifests { get; init; }
}

/// <summary>What an image has for one platform. Its kind is image, attestation or unknown.</summary>
internal sealed record ImageManifest(string ID, string Kind, bool Available, ImageManifestData? ImageData);

internal sealed record ImageManifestData(ManifestPlatform? Platform);

internal sealed record ManifestPlatform(
    [property: System.Text.Json.Serialization.JsonPropertyName("os")] string? Os,
    [property: System.Text.Json.Serialization.JsonPropertyName("architecture")] string? Architecture,
    [property: System.Text.Json.Serialization.JsonPropertyName("variant")] string? Variant);

internal sealed record ManifestDescriptor([property: System.Text.Json.Serialization.JsonPropertyName("digest")] string? Digest);

/// <summary>An image as inspect tells of it.</summary>
internal sealed record ImageInspect
{
    public required string Id { get; init; }
    public IReadOnlyList<string>? RepoTags { get; init; }
    public IReadOnlyList<string>? RepoDigests { get; init; }
    public string? Os { get; init; }
    public string? Architecture { get; init; }
    public string? Variant { get; init; }

    /// <summary>When, as the image spells it.</summary>
    public string? Created { get; init; }
    public long Size { get; init; }
    public ContainerConfig? Config { get; init; }
    public ImageMetadata? Metadata { get; init; }
}

internal sealed record ImageMetadata(string? LastTagTime);
