namespace Compose.Files;

/// <summary>The kind of source a value came from.</summary>
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

/// <summary>The position a value came from. Lines and columns are 1-based; 0 for a value in no file, such as a default.</summary>
public readonly record struct Origin(string? File, int Line, int Column, int EndColumn, OriginLayer Layer)
{
    /// <inheritdoc/>
    public override string ToString() => File is null ? Layer.ToString() : $"{File}:{Line}:{Column}";
}
