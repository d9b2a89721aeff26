namespace Compose.Model;

/// <summary>A variable that a project's files name.</summary>
public sealed record ComposeVariable
{
    public required string ProjectName { get; init; }

    /// <summary>The variable.</summary>
    public required string Name { get; init; }

    /// <summary>Whether loading fails without a value.</summary>
    public bool Required { get; init; }

    /// <summary>What stands in when it is missing, as written; null where nothing does.</summary>
    public string? DefaultValue { get; init; }

    /// <summary>What stands in when it is there, as written; null where nothing does.</summary>
    public string? AlternateValue { get; init; }

    /// <summary>Whether it has a value now. The value itself may be secret and is not told.</summary>
    public bool IsSet { get; init; }

    /// <summary>Where the value comes from: Environment, DotEnv or Default.</summary>
    public required string Layer { get; init; }

    /// <summary>The .env file that holds the value, or null.</summary>
    public string? ValueFile { get; init; }

    /// <summary>1-based line in <see cref="ValueFile"/>, or 0.</summary>
    public int ValueLine { get; init; }

    /// <summary>Where the variable is first named: the file.</summary>
    public string? File { get; init; }

    /// <summary>1-based.</summary>
    public int Line { get; init; }

    /// <summary>1-based.</summary>
    public int Column { get; init; }

    /// <inheritdoc/>
    public override string ToString() => Name;
}
