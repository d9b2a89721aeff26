using Compose.State;

namespace Compose.Plan.Replicas;

/// <summary>What up does with a replica.</summary>
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

    /// <summary>Whether the container has a temporary name from an interrupted run, and is renamed.</summary>
    public bool Misnamed { get; init; }

    /// <summary>The container that is removed before, for a volume it uses; the new one inherits its anonymous volumes.</summary>
    public ObservedContainer? Removed { get; init; }

    /// <summary>The container that an interrupted run created to hold the replica's anonymous volumes.</summary>
    public ObservedContainer? Keeper { get; init; }

    /// <summary>The container that the new one replaces; null if there was none.</summary>
    public ObservedContainer? Predecessor => Existing ?? Removed ?? Keeper;
}
