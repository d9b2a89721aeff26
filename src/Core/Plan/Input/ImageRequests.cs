using Compose.Model;

namespace Compose.Plan.Input;

/// <summary>Which images of a project are pulled, built or pushed.</summary>
internal sealed record ImageRequest
{
    /// <summary>The services named; empty means all.</summary>
    public IReadOnlyList<string> Services { get; init; } = [];

    /// <summary>Whether what the named services depend on counts too.</summary>
    public bool Dependencies { get; init; }

    /// <summary>always or missing, over every service's own; null: theirs.</summary>
    public string? Policy { get; init; }

    /// <summary>Whether images that can be built are left alone by a pull.</summary>
    public bool IgnoreBuildable { get; init; }

    /// <summary>Whether a failed pull or push is only warned about.</summary>
    public bool IgnoreFailures { get; init; }

    /// <summary>Whether built images are pushed.</summary>
    public bool Push { get; init; }
    public BuildOptions Build { get; init; } = new();
}

/// <summary>An image of a service a pull leaves alone.</summary>
/// <param name="Service">The service.</param>
/// <param name="Image">Its image.</param>
/// <param name="Reason">Why.</param>
internal sealed record SkippedImage(string Service, string Image, string Reason);

/// <summary>What a caller asks of builds beyond the file.</summary>
internal sealed record BuildOptions
{
    /// <summary>Arguments over the file's; null takes the project's variable.</summary>
    public IReadOnlyDictionary<string, string?> Arguments { get; init; } = new Dictionary<string, string?>();
    public bool NoCache { get; init; }
    public bool Pull { get; init; }

    /// <summary>Whether the builder itself pushes what it built.</summary>
    public bool Push { get; init; }

    /// <summary>The memory limit in bytes; the classic builder's alone.</summary>
    public long? Memory { get; init; }

    /// <summary>The buildx builder that builds; null: the engine itself wherever it can.</summary>
    public string? Builder { get; init; }

    /// <summary>ssh, provenance and sbom in the file's place: empty or null leaves the file's.</summary>
    public IReadOnlyList<string> Ssh { get; init; } = [];
    public string? Provenance { get; init; }
    public string? Sbom { get; init; }

    /// <summary>The service with what is asked for in its build section.</summary>
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
