namespace Compose.Model;

/// <summary>A top-level secret or config: exactly one of file, environment, content or external.</summary>
public sealed record FileObjectDefinition
{
    /// <summary>The key in the compose file.</summary>
    public required string Key { get; init; }
    public required string Name { get; init; }

    /// <summary>Absolute path of the file with the content.</summary>
    public string? File { get; init; }

    /// <summary>The name of the variable with the content.</summary>
    public string? Environment { get; init; }

    /// <summary>The content, from <c>content:</c> or the variable. Internal, because it may be secret.</summary>
    internal string? Content { get; init; }
    public bool External { get; init; }
    public string? Driver { get; init; }
    public IReadOnlyDictionary<string, string> DriverOptions { get; init; } = new Dictionary<string, string>();
    public string? TemplateDriver { get; init; }
    public IReadOnlyDictionary<string, string> Labels { get; init; } = new Dictionary<string, string>();
    public required Files.Origin Origin { get; init; }

    /// <inheritdoc/>
    public override string ToString() => Name;
}

/// <summary>A service's or build's reference to a secret or config.</summary>
public sealed record FileObjectReference
{
    /// <summary>The key of the secret or config.</summary>
    public required string Source { get; init; }

    /// <summary>The path in the container, as written; null for the default path.</summary>
    public string? Target { get; init; }
    public string? Uid { get; init; }
    public string? Gid { get; init; }

    /// <summary>Permission bits: <c>0444</c> is 292.</summary>
    public int? Mode { get; init; }
    public Files.Origin Origin { get; init; }

    /// <inheritdoc/>
    public override string ToString() => Source;
}
