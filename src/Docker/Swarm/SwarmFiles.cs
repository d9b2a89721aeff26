namespace Compose.Engine.Dto;

/// <summary>A secret to create. Its text names the object only.</summary>
internal sealed record SwarmSecretSpec
{
    public string Name { get; init; } = "";
    public IReadOnlyDictionary<string, string>? Labels { get; init; }

    /// <summary>The content; null in answers.</summary>
    public byte[]? Data { get; init; }
    public SwarmDriver? Driver { get; init; }
    public SwarmDriver? Templating { get; init; }

    /// <inheritdoc/>
    public override string ToString() => Name;
}

/// <summary>A config to create. Its text names the object only.</summary>
internal sealed record SwarmConfigSpec
{
    public string Name { get; init; } = "";
    public IReadOnlyDictionary<string, string>? Labels { get; init; }

    /// <summary>The content; engines report it, too.</summary>
    public byte[]? Data { get; init; }
    public SwarmDriver? Templating { get; init; }

    /// <inheritdoc/>
    public override string ToString() => Name;
}

/// <summary>A secret as the engine reports it: without content.</summary>
internal sealed record SwarmSecret
{
    public required string Id { get; init; }
    public long VersionIndex { get; init; }
    public DateTimeOffset? CreatedAt { get; init; }
    public SwarmSecretSpec Spec { get; init; } = new();
}

/// <summary>A config as the engine reports it.</summary>
internal sealed record SwarmConfig
{
    public required string Id { get; init; }
    public long VersionIndex { get; init; }
    public DateTimeOffset? CreatedAt { get; init; }
    public SwarmConfigSpec Spec { get; init; } = new();
}
