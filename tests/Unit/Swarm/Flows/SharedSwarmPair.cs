#if NET
using Compose.Tests.Support;

namespace Compose.Tests.Swarm.Flows;

/// <summary>One swarm for all flows, started by the first; the worker is the older release.</summary>
public sealed class SharedSwarmPair : IAsyncLifetime
{
    internal SwarmPair Pair { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        if (SwarmPair.Absence is null)
            Pair = await SwarmPair.StartAsync(older: true);
    }

    public async Task DisposeAsync()
    {
        if (Pair is not null)
            await Pair.DisposeAsync();
    }
}

[CollectionDefinition(Name)]
public sealed class SwarmPairs : ICollectionFixture<SharedSwarmPair>
{
    public const string Name = "A swarm of two engines";
}
#endif
