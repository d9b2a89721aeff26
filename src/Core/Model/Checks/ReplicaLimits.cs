namespace Compose.Model.Checks;

/// <summary>How many replicas there can be: a plan has steps for each, and a slip of the hand must not fill the memory.</summary>
internal static class ReplicaLimits
{
    public const int OfService = 10_000;
    public const int OfProject = 100_000;

    /// <summary>What is wrong with the number of replicas; null for nothing.</summary>
    public static string? Problem(string service, long replicas) => replicas > OfService
        ? FormattableString.Invariant($"The service '{service}' cannot have {replicas} replicas; the most is {OfService}.")
        : null;

    /// <summary>What is wrong with the number of all replicas; null for nothing.</summary>
    public static string? Problem(long replicas) => replicas > OfProject
        ? FormattableString.Invariant(
            $"The project's services cannot have {replicas} replicas together; the most is {OfProject}.")
        : null;
}
