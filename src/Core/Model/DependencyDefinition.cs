namespace Compose.Model;

/// <summary>An entry of <c>depends_on</c>: the state of another service that a service waits for.</summary>
public sealed record DependencyDefinition
{
    /// <summary>service_started, service_healthy or service_completed_successfully.</summary>
    public required string Condition { get; init; }

    /// <summary>Whether the dependent service is restarted with the dependency.</summary>
    public bool Restart { get; init; }

    /// <summary>False turns a missing or failed dependency into a warning.</summary>
    public bool Required { get; init; } = true;
    public Files.Origin Origin { get; init; }

    /// <inheritdoc/>
    public override string ToString() => Condition;
}
