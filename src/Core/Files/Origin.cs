namespace Compose.Files;

/// <summary>Which layer a value came from.</summary>
public enum OriginLayer
{
    Base,
    Override,
    Include,
    Extends,
    EnvFile,
    DotEnv,
    Environment,
    Default,
}

/// <summary>The place a value came from. Lines and columns are 1-based; 0 where there is no place (a default).</summary>
public readonly record struct Origin(string? File, int Line, int Column, int EndColumn, OriginLayer Layer)
{
    /// <inheritdoc/>
    public override string ToString() => File is null ? Layer.ToString() : $"{File}:{Line}:{Column}";
}
