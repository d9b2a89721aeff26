namespace Compose.Model;

/// <summary>Where one value of a project came from.</summary>
public sealed record ComposeProvenance
{
    public required string ProjectName { get; init; }

    /// <summary>The path in the project, such as <c>services.web.ports[0].target</c>.</summary>
    public required string Path { get; init; }

    /// <summary>The value as text; empty for null.</summary>
    public required string Value { get; init; }

    /// <summary>Absolute path of the file, or null for a default.</summary>
    public string? File { get; init; }

    /// <summary>1-based line; 0 without a file.</summary>
    public int Line { get; init; }

    /// <summary>1-based column; 0 without a file.</summary>
    public int Column { get; init; }

    /// <summary>
    /// Base, Override, Include, Extends, EnvFile, DotEnv, Environment or Default. A value with variables has the layer of its
    /// file; <see cref="Variables"/> has the origins of the variables.
    /// </summary>
    public required string Layer { get; init; }

    /// <summary>The variables in the value, each with its origin: <c>TAG (.env:3)</c>.</summary>
    public IReadOnlyList<string> Variables { get; init; } = [];

    /// <inheritdoc/>
    public override string ToString() => Path;
}
