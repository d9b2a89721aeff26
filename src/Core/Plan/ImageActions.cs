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

    /// <summary>os/architecture; null means the engine's own.</summary>
    public string? Platform { get; init; }

    /// <summary>The service that needs it.</summary>
    public required string Service { get; init; }

    /// <summary>True if the pull may fail: the image exists already or is built instead.</summary>
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

    /// <summary>Proxies from docker's configuration; the build gets them as arguments.</summary>
    internal IReadOnlyDictionary<string, string> Proxies { get; init; } = new Dictionary<string, string>();

    /// <summary>The caller's options, besides what the file says.</summary>
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

    /// <summary>True if the push may fail.</summary>
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
