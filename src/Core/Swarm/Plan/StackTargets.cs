using Compose.Engine.Dto;
using Compose.Plan;
using Compose.State;
using Compose.Swarm.Observe;

namespace Compose.Swarm.Plan;

/// <summary>The names of what a plan of a stack changes, and steps that several planners use.</summary>
internal static class StackTargets
{
    public static string Service(string service) => "service:" + service;

    public static string Network(string network) => "network:" + network;

    public static string Secret(string secret) => "secret:" + secret;

    public static string Config(string config) => "config:" + config;

    /// <summary>The key of an object in the compose file: in its label, or its name without the stack's name before it.</summary>
    public static string Key(string stack, string name, IReadOnlyDictionary<string, string>? labels = null) =>
        labels is not null && labels.TryGetValue(StackLabels.Key, out var key) ? key : ObservedStack.ServiceOf(stack, name);

    public static RemoveService Remove(ObservedStack state, SwarmService service, string cause) => new()
    {
        Target = Service(state.ServiceOf(service)),
        Cause = cause,
        Impact = "Downtime",
        Service = state.ServiceOf(service),
        ServiceId = service.Id,
    };

    public static RemoveStackNetwork Remove(ObservedStack state, SwarmNetwork network, string cause) => new()
    {
        Target = Network(Key(state.Stack, network.Spec.Name)),
        Cause = cause,
        Network = network.Spec.Name,
        NetworkId = network.Id,
    };

    public static RemoveSecret Remove(ObservedStack state, SwarmSecret secret, string cause) => new()
    {
        Target = Secret(Key(state.Stack, secret.Spec.Name, secret.Spec.Labels)),
        Cause = cause,
        Secret = secret.Spec.Name,
        SecretId = secret.Id,
    };

    public static RemoveConfig Remove(ObservedStack state, SwarmConfig config, string cause) => new()
    {
        Target = Config(Key(state.Stack, config.Spec.Name, config.Spec.Labels)),
        Cause = cause,
        Config = config.Spec.Name,
        ConfigId = config.Id,
    };
}
