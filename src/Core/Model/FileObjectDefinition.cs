namespace Compose.Model;

/// <summary>A top-level secret or config: exactly one of file, environment, content or external.</summary>
public sealed record FileObjectDefinition
{
    /// <summary>The key in the file.</summary>
    public required string Key { get; init; }
    public required string Name { get; init; }

    /// <summary>Absolute path.</summary>
    public string? File { get; init; }

    /// <summary>The variable the content comes from.</summary>
    public string? Environment { get; init; }

    /// <summary>The content itself, from <c>content:</c> or the variable; not shown: it may be secret.</summary>
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

/// <summary>A service's or a build's use of a secret or config.</summary>
public sealed record FileObjectReference
{
    /// <summary>The key of the secret or config.</summary>
    public required string Source { get; init; }

    /// <summary>The path in the container, as written; null: the default place.</summary>
    public string? Target { get; init; }
    public string? Uid { get; init; }
    public string? Gid { get; init; }

    /// <summary>Permission bits, 0444 is 292.</summary>
    public int? Mode { get; init; }
    public Files.Origin Origin { get; init; }

    /// <inheritdoc/>
    public override string ToString() => Source;
}
