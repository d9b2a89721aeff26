namespace Compose.Engine.Dto;

/// <summary>The answer to creating or updating a service.</summary>
internal sealed record ServiceAnswer(string Id, IReadOnlyList<string>? Warnings);

/// <summary>How an engine stands to its swarm.</summary>
/// <param name="State">inactive, pending, active, error or locked.</param>
/// <param name="IsManager">Whether it is a manager.</param>
/// <param name="NodeId">Its id as a node; empty without a swarm.</param>
/// <param name="Managers">The addresses of managers that it knows.</param>
internal sealed record SwarmMembership(string State, bool IsManager, string NodeId, IReadOnlyList<string> Managers);

/// <summary>A login that goes with a service, so that nodes can pull its image. Its text names the registry only.</summary>
internal sealed record RegistryAuth(string Username, string Password, string ServerAddress)
{
    /// <inheritdoc/>
    public override string ToString() => ServerAddress;
}
