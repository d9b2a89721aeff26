namespace Compose.Model.Checks;

/// <summary>Limits for the number of replicas. A plan has steps for each, so a typing error could use all memory.</summary>
internal static class ReplicaLimits
{
    public const int OfService = 10_000;
    public const int OfProject = 100_000;

    /// <summary>The error for a service with too many replicas, or null.</summary>
    public static string? Problem(string service, long replicas) => replicas > OfService
        ? FormattableString.Invariant($"The service '{service}' cannot have {replicas} replicas; the most is {OfService}.")
        : null;

    /// <summary>The error for a project with too many replicas in all, or null.</summary>
    public static string? Problem(long replicas) => replicas > OfProject
        ? FormattableString.Invariant(
            $"The project's services cannot have {replicas} replicas together; the most is {OfProject}.")
        : null;
}
