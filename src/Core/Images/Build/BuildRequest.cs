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

    /// <summary>The name for the image.</summary>
    public required string Image { get; init; }
    public bool NoCache { get; init; }
    public bool Pull { get; init; }

    /// <summary>Whether docker buildx pushes the image after building it.</summary>
    public bool Push { get; init; }

    /// <summary>Proxy arguments from docker's configuration, which every build gets unless the file sets them.</summary>
    public IReadOnlyDictionary<string, string> Proxies { get; init; } = new Dictionary<string, string>();

    /// <summary>Build arguments that override the file's. A null value takes the project's variable.</summary>
    public IReadOnlyDictionary<string, string?> Arguments { get; init; } = new Dictionary<string, string?>();

    /// <summary>The memory limit in bytes, or null.</summary>
    public long? Memory { get; init; }

    /// <summary>The name of the buildx builder to use; null to build on the engine if possible.</summary>
    public string? Builder { get; init; }
    public BuildDefinition Build => Service.Build!;

    /// <summary>The Dockerfile's path; null if it is inline or in a remote context.</summary>
    public string? DockerfilePath =>
        Build.DockerfileInline is not null || PathResolver.IsRemote(Build.Context) ? null : DockerfilePlace.Of(Build);

    /// <summary>The position of a line of the Dockerfile, for errors.</summary>
    public string PlaceOf(int line) =>
        DockerfilePath is { } file ? $"{file}:{line}:1" : $"{Service.Origin}: line {line} of dockerfile_inline";

    /// <summary>Whether DOCKER_BUILDKIT asks for BuildKit; null if it is not set.</summary>
    public bool? PrefersBuildKit => Project.Environment.PrefersBuildKit();

    /// <summary>The target platform; null for the builder's own, or for several.</summary>
    public string? Platform => Build.Platforms.Count switch { 0 => Service.Platform, 1 => Build.Platforms[0], _ => null };
}
