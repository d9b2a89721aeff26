namespace Compose.Model;

/// <summary>Where one value of a project came from.</summary>
public sealed record ComposeProvenance
{
    public required string ProjectName { get; init; }

    /// <summary>Where in the project: <c>services.web.ports[0].target</c>.</summary>
    public required string Path { get; init; }

    /// <summary>The value as text; empty for null.</summary>
    public required string Value { get; init; }

    /// <summary>Absolute path of the file, or null for a default.</summary>
    public string? File { get; init; }

    /// <summary>1-based; 0 where there is no place.</summary>
    public int Line { get; init; }

    /// <summary>1-based; 0 where there is no place.</summary>
    public int Column { get; init; }

    /// <summary>
    /// Base, Override, Include, Extends, EnvFile, DotEnv, Environment or Default. A value made of variables has the layer of the
    /// file it stands in; <see cref="Variables"/> tells where those came from.
    /// </summary>
    public required string Layer { get; init; }

    /// <summary>The variables the value was made of, each with where it came from: <c>TAG (.env:3)</c>.</summary>
    public IReadOnlyList<string> Variables { get; init; } = [];

    /// <inheritdoc/>
    public override string ToString() => Path;
}
