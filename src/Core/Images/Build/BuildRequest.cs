using Compose.Files.Reading;
using Compose.Images.Dockerfiles;
using Compose.Model;
using Compose.Model.Naming;

namespace Compose.Images.Build;

/// <summary>An image to build.</summary>
internal sealed record BuildRequest
{
    public required ComposeProject Project { get; init; }
    public required ServiceDefinition Service { get; init; }

    /// <summary>The name of the image.</summary>
    public required string Image { get; init; }
    public bool NoCache { get; init; }
    public bool Pull { get; init; }

    /// <summary>Whether docker buildx pushes what it built.</summary>
    public bool Push { get; init; }

    /// <summary>Proxies that every build gets as arguments; the file's own win.</summary>
    public IReadOnlyDictionary<string, string> Proxies { get; init; } = new Dictionary<string, string>();

    /// <summary>Arguments over the file's; null takes the project's variable.</summary>
    public IReadOnlyDictionary<string, string?> Arguments { get; init; } = new Dictionary<string, string?>();

    /// <summary>The memory limit in bytes, or null.</summary>
    public long? Memory { get; init; }

    /// <summary>The buildx builder that builds; null: the engine itself wherever it can.</summary>
    public string? Builder { get; init; }
    public BuildDefinition Build => Service.Build!;

    /// <summary>The Dockerfile's file; null where it is written in the compose file, or elsewhere than here.</summary>
    public string? DockerfilePath =>
        Build.DockerfileInline is not null || PathResolver.IsRemote(Build.Context) ? null : DockerfilePlace.Of(Build);

    /// <summary>A line of the Dockerfile, as errors name it.</summary>
    public string PlaceOf(int line) =>
        DockerfilePath is { } file ? $"{file}:{line}:1" : $"{Service.Origin}: line {line} of dockerfile_inline";

    /// <summary>What DOCKER_BUILDKIT asks for; null where it says nothing.</summary>
    public bool? PrefersBuildKit => Project.Environment.PrefersBuildKit();

    /// <summary>The one platform that is built for; null: the builder's own, or several.</summary>
    public string? Platform => Build.Platforms.Count switch { 0 => Service.Platform, 1 => Build.Platforms[0], _ => null };
}
