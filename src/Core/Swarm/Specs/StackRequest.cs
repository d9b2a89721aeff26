namespace Compose.Swarm.Specs;

/// <summary>What a stack is made from, besides the project.</summary>
internal sealed record StackRequest
{
    /// <summary>The stack's name.</summary>
    public required string Stack { get; init; }

    /// <summary>The minor version of the engine's API: 41 is 1.41.</summary>
    public required int ApiMinor { get; init; }

    /// <summary>Whether services wait for the ones they depend on, so that depends_on needs no warning.</summary>
    public bool Ordered { get; init; }

    /// <summary>The contents of secrets and configs, by kind and key; see <see cref="StackContents"/>.</summary>
    public required StackContents Contents { get; init; }
}
