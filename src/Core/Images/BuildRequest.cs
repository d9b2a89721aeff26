using Compose.Model;

namespace Compose.Images;

/// <summary>An image to build.</summary>
internal sealed record BuildRequest
{
    public required ComposeProject Project { get; init; }
    public required ServiceDefinition Service { get; init; }

    /// <summary>The name of the image.</summary>
    public required string Image { get; init; }
    public bool NoCache { get; init; }
    public bool Pull { get; init; }

    /// <summary>Arguments over the file's; null takes the project's variable.</summary>
    public IReadOnlyDictionary<string, string?> Arguments { get; init; } = new Dictionary<string, string?>();

    /// <summary>The memory limit in bytes, or null.</summary>
    public long? Memory { get; init; }

    /// <summary>The buildx builder that builds; null: the engine itself wherever it can.</summary>
    public string? Builder { get; init; }
    public BuildDefinition Build => Service.Build!;
    public string? Platform => Service.Platform ?? (Build.Platforms.Count == 1 ? Build.Platforms[0] : null);
}
