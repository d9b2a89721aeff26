using Compose.State;

namespace Compose.Plan.Replicas;

/// <summary>What becomes of a replica.</summary>
internal enum Fate
{
    Keep,
    Create,
    Recreate,
    Remove,
}

/// <summary>The decision about one replica.</summary>
internal sealed record ReplicaDecision(Fate Fate, int Number, ObservedContainer? Existing, string Cause)
{
    public IReadOnlyList<FieldChange> Changes { get; init; } = [];
    public bool Conditional { get; init; }

    /// <summary>The temporary name an interrupted run left; the container is renamed.</summary>
    public bool Misnamed { get; init; }

    /// <summary>The container that was removed for what it uses; the new one takes its anonymous volumes over.</summary>
    public ObservedContainer? Removed { get; init; }

    /// <summary>What an interrupted run left of a replica: a container that holds its anonymous volumes.</summary>
    public ObservedContainer? Keeper { get; init; }

    /// <summary>The container whose place the new one takes; null where there was none.</summary>
    public ObservedContainer? Predecessor => Existing ?? Removed ?? Keeper;
}
