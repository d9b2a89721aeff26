namespace Compose.Model;

/// <summary>How the engine probes a container's health.</summary>
public sealed record HealthcheckDefinition
{
    /// <summary>The probe in the engine's form: CMD, CMD-SHELL or NONE first; null: the image's.</summary>
    public IReadOnlyList<string>? Test { get; init; }
    public TimeSpan? Interval { get; init; }
    public TimeSpan? Timeout { get; init; }
    public int? Retries { get; init; }
    public TimeSpan? StartPeriod { get; init; }
    public TimeSpan? StartInterval { get; init; }
    public bool Disable { get; init; }
}
