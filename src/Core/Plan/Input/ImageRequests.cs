using Compose.Model;

namespace Compose.Plan.Input;

/// <summary>The options of pull, build and push.</summary>
internal sealed record ImageRequest
{
    /// <summary>Names of services; empty means all.</summary>
    public IReadOnlyList<string> Services { get; init; } = [];

    /// <summary>Whether dependencies of the services are included.</summary>
    public bool Dependencies { get; init; }

    /// <summary>always or missing; null means each service's own policy.</summary>
    public string? Policy { get; init; }

    /// <summary>Whether a pull skips images that can be built.</summary>
    public bool IgnoreBuildable { get; init; }

    /// <summary>Whether a failed pull or push is only a warning.</summary>
    public bool IgnoreFailures { get; init; }

    /// <summary>Whether built images are pushed.</summary>
    public bool Push { get; init; }
    public BuildOptions Build { get; init; } = new();
}

/// <summary>An image that a pull skips.</summary>
/// <param name="Service">The service.</param>
/// <param name="Image">Its image.</param>
/// <param name="Reason">Why it is skipped.</param>
internal sealed record SkippedImage(string Service, string Image, string Reason);

/// <summary>A caller's options for builds, besides what the file says.</summary>
internal sealed record BuildOptions
{
    /// <summary>Build arguments; they override the file's. Null takes the value of the project's variable.</summary>
    public IReadOnlyDictionary<string, string?> Arguments { get; init; } = new Dictionary<string, string?>();
    public bool NoCache { get; init; }
    public bool Pull { get; init; }

    /// <summary>Whether the builder itself pushes the image.</summary>
    public bool Push { get; init; }

    /// <summary>The memory limit in bytes; only for the classic builder.</summary>
    public long? Memory { get; init; }

    /// <summary>The buildx builder to use; null means the engine itself, if it can.</summary>
    public string? Builder { get; init; }

    /// <summary>ssh, provenance and sbom; empty or null means the file's.</summary>
    public IReadOnlyList<string> Ssh { get; init; } = [];
    public string? Provenance { get; init; }
    public string? Sbom { get; init; }

    /// <summary>The service with these options in its build section.</summary>
    public ServiceDefinition Over(ServiceDefinition service) => service with
    {
        Build = service.Build! with
        {
            Ssh = Ssh.Count > 0 ? Ssh : service.Build.Ssh,
            Provenance = Provenance ?? service.Build.Provenance,
            Sbom = Sbom ?? service.Build.Sbom,
        },
    };
}
