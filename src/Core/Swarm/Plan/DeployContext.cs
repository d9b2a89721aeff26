using Compose.Engine.Dto;
using Compose.Plan;
using Compose.Plan.Building;
using Compose.Swarm.Observe;
using Compose.Swarm.Specs;

namespace Compose.Swarm.Plan;

/// <summary>What the phases of a deployment's plan share.</summary>
internal sealed class DeployContext(StackSpec wanted, ObservedStack state, DeployOptions options, Answers answers)
{
    public StackSpec Wanted => wanted;

    public ObservedStack State => state;

    public DeployOptions Options => options;

    public Answers Answers => answers;

    public PlanBuilder Plan { get; } = new();

    /// <summary>The steps that create networks, secrets and configs, by kind and name.</summary>
    public Dictionary<(string Kind, string Name), int> Created { get; } = [];

    /// <summary>The steps that create or update services, by key.</summary>
    public Dictionary<string, int> Changed { get; } = new(StringComparer.Ordinal);

    /// <summary>The steps that wait for services, by key.</summary>
    public Dictionary<string, int> Waits { get; } = new(StringComparer.Ordinal);

    /// <summary>The specs that changed or new services get, by key.</summary>
    public Dictionary<string, SwarmServiceSpec> Sent { get; } = new(StringComparer.Ordinal);

    /// <summary>The names of networks to remove and create again.</summary>
    public HashSet<string> Replaced { get; } = new(StringComparer.Ordinal);

    /// <summary>The steps that remove services whose network is replaced, by key.</summary>
    public Dictionary<string, int> Removed { get; } = new(StringComparer.Ordinal);

    /// <summary>The key of a network, secret or config in the file, without the stack's name.</summary>
    public string Key(string name, IReadOnlyDictionary<string, string>? labels = null) =>
        StackTargets.Key(state.Stack, name, labels);

    /// <summary>The networks, secrets and configs that a spec uses, by kind and name on the engine.</summary>
    public IEnumerable<(string Kind, string Name)> Uses(SwarmServiceSpec spec)
    {
        var task = spec.TaskTemplate;
        var networks = (task.Networks ?? []).Select(network => network.Name ?? NetworkName(network.Target) ?? "");
        var secrets = (task.ContainerSpec.Secrets ?? []).Select(secret => secret.SecretName ?? "");
        var configs = (task.ContainerSpec.Configs ?? []).Select(config => config.ConfigName ?? "");
        return networks.Select(name => ("network", name)).Concat(secrets.Select(name => ("secret", name)))
            .Concat(configs.Select(name => ("config", name)));
    }

    public string? NetworkName(string? id) => state.Networks.FirstOrDefault(network => network.Id == id)?.Spec.Name;
}
