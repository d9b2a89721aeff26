namespace Compose.Model;

/// <summary>A service's <c>healthcheck</c>.</summary>
public sealed record HealthcheckDefinition
{
    /// <summary>The test as the engine takes it, beginning with CMD, CMD-SHELL or NONE; null keeps the image's.</summary>
    public IReadOnlyList<string>? Test { get; init; }
    public TimeSpan? Interval { get; init; }
    public TimeSpan? Timeout { get; init; }
    public int? Retries { get; init; }
    public TimeSpan? StartPeriod { get; init; }
    public TimeSpan? StartInterval { get; init; }
    public bool Disable { get; init; }
}
