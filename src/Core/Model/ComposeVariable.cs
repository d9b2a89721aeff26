namespace Compose.Model;

/// <summary>A variable that a project's files name.</summary>
public sealed record ComposeVariable
{
    public required string ProjectName { get; init; }

    /// <summary>The variable's name.</summary>
    public required string Name { get; init; }

    /// <summary>Whether the project cannot be loaded without a value.</summary>
    public bool Required { get; init; }

    /// <summary>The default, as written, or null.</summary>
    public string? DefaultValue { get; init; }

    /// <summary>The value of <c>${NAME:+...}</c> for a variable that is set, as written, or null.</summary>
    public string? AlternateValue { get; init; }

    /// <summary>Whether the variable is set. The value is left out, because it may be secret.</summary>
    public bool IsSet { get; init; }

    /// <summary>The source of the value: Environment, DotEnv or Default.</summary>
    public required string Layer { get; init; }

    /// <summary>The .env file that sets the variable, or null.</summary>
    public string? ValueFile { get; init; }

    /// <summary>1-based line in <see cref="ValueFile"/>, or 0.</summary>
    public int ValueLine { get; init; }

    /// <summary>The compose file with the first reference to the variable.</summary>
    public string? File { get; init; }

    /// <summary>1-based line of the reference.</summary>
    public int Line { get; init; }

    /// <summary>1-based column of the reference.</summary>
    public int Column { get; init; }

    /// <inheritdoc/>
    public override string ToString() => Name;
}
