using Compose.Engine.Endpoint;

namespace Compose.Execute;

/// <summary>What decides which engine a session speaks to, as values.</summary>
internal sealed record SessionRequest
{
    /// <summary>The endpoint asked for; null: the context's, then docker's own rules.</summary>
    public string? EngineHost { get; init; }
    public string? Context { get; init; }
    public required IReadOnlyDictionary<string, string> Environment { get; init; }
    public required string HomeDirectory { get; init; }
    public bool IsWindows { get; init; }

    public EngineEndpoint Endpoint() =>
        EndpointResolver.Resolve(new EndpointRequest(EngineHost, Context, Environment, HomeDirectory, IsWindows));
}

/// <summary>How a plan is carried out.</summary>
internal sealed record ExecuteOptions
{
    /// <summary>The operations the user said no to.</summary>
    public IReadOnlyCollection<int> Declined { get; init; } = [];

    /// <summary>How many steps may be under way at once.</summary>
    public int ParallelLimit { get; init; } = 16;
}

/// <summary>Which containers to read.</summary>
internal sealed record ContainerQuery
{
    /// <summary>Null means every project.</summary>
    public string? ProjectName { get; init; }
    public IReadOnlyList<string> Services { get; init; } = [];

    /// <summary>Whether stopped containers count.</summary>
    public bool All { get; init; }

    /// <summary>States to keep (running, exited, ...); empty keeps every one.</summary>
    public IReadOnlyList<string> States { get; init; } = [];
    public bool OneOffs { get; init; }
}
