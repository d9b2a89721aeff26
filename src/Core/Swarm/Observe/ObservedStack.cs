using Compose.Engine.Dto;
using Compose.State;

namespace Compose.Swarm.Observe;

/// <summary>
/// What a swarm has of a stack. Networks, secrets and configs are all of the swarm, because a file may use what others made.
/// </summary>
internal sealed record ObservedStack
{
    public required string EngineHost { get; init; }
    public required string Stack { get; init; }

    /// <summary>The services of the stack.</summary>
    public IReadOnlyList<SwarmService> Services { get; init; } = [];

    /// <summary>The tasks of the stack; empty if they were not asked for.</summary>
    public IReadOnlyList<SwarmTask> Tasks { get; init; } = [];

    /// <summary>The networks of the swarm, and of this engine alone.</summary>
    public IReadOnlyList<SwarmNetwork> Networks { get; init; } = [];
    public IReadOnlyList<SwarmSecret> Secrets { get; init; } = [];
    public IReadOnlyList<SwarmConfig> Configs { get; init; } = [];

    public IEnumerable<SwarmNetwork> OwnNetworks => Networks.Where(network => IsOwn(network.Spec.Labels));

    public IEnumerable<SwarmSecret> OwnSecrets => Secrets.Where(secret => IsOwn(secret.Spec.Labels));

    public IEnumerable<SwarmConfig> OwnConfigs => Configs.Where(config => IsOwn(config.Spec.Labels));

    public bool IsEmpty => Services.Count == 0 && !OwnNetworks.Any() && !OwnSecrets.Any() && !OwnConfigs.Any();

    /// <summary>The service with a name on the engine, or null.</summary>
    public SwarmService? Service(string name) => Services.FirstOrDefault(service => service.Spec.Name == name);

    /// <summary>The name of a service in the compose file: without the stack's name before it.</summary>
    public string ServiceOf(SwarmService service) => ServiceOf(Stack, service.Spec.Name);

    public static string ServiceOf(string stack, string name) =>
        name.StartsWith(stack + "_", StringComparison.Ordinal) ? name.Substring(stack.Length + 1) : name;

    private bool IsOwn(IReadOnlyDictionary<string, string>? labels) => StackLabels.StackOf(labels) == Stack;
}
