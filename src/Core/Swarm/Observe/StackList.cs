using Compose.Engine.Dto;
using Compose.State;

namespace Compose.Swarm.Observe;

/// <summary>Sums up the stacks of a swarm, also those of which only networks, secrets or configs are left.</summary>
internal static class StackList
{
    public static IReadOnlyList<ComposeStack> Of(
        string engineHost, IReadOnlyList<SwarmService> services, IEnumerable<SwarmNetwork> networks,
        IEnumerable<SwarmSecret> secrets, IEnumerable<SwarmConfig> configs)
    {
        var byStack = services.ToLookup(service => StackLabels.StackOf(service.Spec.Labels));
        var ofNetworks = networks.ToLookup(network => StackLabels.StackOf(network.Spec.Labels));
        var ofSecrets = secrets.ToLookup(secret => StackLabels.StackOf(secret.Spec.Labels));
        var ofConfigs = configs.ToLookup(config => StackLabels.StackOf(config.Spec.Labels));
        var names = byStack.Select(group => group.Key).Concat(ofNetworks.Select(group => group.Key))
            .Concat(ofSecrets.Select(group => group.Key)).Concat(ofConfigs.Select(group => group.Key))
            .OfType<string>().Distinct().OrderBy(name => name, StringComparer.Ordinal);
        return [.. names.Select(name =>
        {
            var own = byStack[name].Select(service => StackResults.Service(engineHost, name, service)).ToList();
            return new ComposeStack
            {
                EngineHost = engineHost,
                ProjectName = name,
                State = State(own),
                Services = own.Count,
                Desired = own.Where(service => service.State != "Completed").Sum(service => service.Desired),
                Running = own.Sum(service => service.Running),
                Networks = ofNetworks[name].Count(),
                Secrets = ofSecrets[name].Count(),
                Configs = ofConfigs[name].Count(),
            };
        })];
    }

    private static string State(List<ComposeStackService> services)
    {
        if (services.Count == 0)
            return "Leftover";
        if (services.Find(service => service.State == "Paused") is not null)
            return "Paused";
        if (services.Find(service => service.State is "Updating" or "RollingBack") is not null)
            return "Updating";
        if (services.Find(service => service.State is "Partial" or "Missing") is not null)
            return "Partial";
        return services.TrueForAll(service => service.State == "Completed") ? "Completed"
            : services.TrueForAll(service => service.State is "Stopped" or "Completed") ? "Stopped"
            : "Running";
    }
}
