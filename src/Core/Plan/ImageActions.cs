using Compose.Model;
using Compose.Plan.Input;

namespace Compose.Plan;

/// <summary>Pulls an image.</summary>
public sealed record PullImage : PlanAction
{
    internal PullImage()
    {
    }

    public required string Image { get; init; }

    /// <summary>os/architecture, or null for the engine's own.</summary>
    public string? Platform { get; init; }

    /// <summary>The service it is for.</summary>
    public required string Service { get; init; }

    /// <summary>True where a failed pull does not matter: the image is there, or is built instead.</summary>
    public bool Optional { get; init; }
}

/// <summary>Builds a service's image.</summary>
public sealed record BuildImage : PlanAction
{
    internal BuildImage()
    {
    }

    public required string Image { get; init; }
    public required string Service { get; init; }
    internal ServiceDefinition Definition { get; init; } = null!;
    internal ComposeProject Project { get; init; } = null!;

    /// <summary>The step whose pull, if it succeeds, makes the build needless; null if there is none.</summary>
    internal int? UnlessPulledBy { get; init; }

    /// <summary>Proxies of docker's configuration, which builds get as arguments.</summary>
    internal IReadOnlyDictionary<string, string> Proxies { get; init; } = new Dictionary<string, string>();

    /// <summary>What the caller asks for beyond the file.</summary>
    internal BuildOptions Options { get; init; } = new();
}

/// <summary>Pushes an image to its registry.</summary>
public sealed record PushImage : PlanAction
{
    internal PushImage()
    {
    }

    public required string Image { get; init; }
    public required string Service { get; init; }

    /// <summary>True where a failed push does not matter.</summary>
    public bool Optional { get; init; }
}

/// <summary>Removes an image.</summary>
public sealed record RemoveImage : PlanAction
{
    internal RemoveImage()
    {
    }

    public required string Image { get; init; }
}
