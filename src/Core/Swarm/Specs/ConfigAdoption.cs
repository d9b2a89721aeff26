using Compose.Engine.Dto;

namespace Compose.Swarm.Specs;

/// <summary>
/// Keeps a config that docker stack made, under its name without a mark, as long as its content is the file's: otherwise a first
/// deployment by us would replace tasks for nothing. Secrets cannot be kept so: no engine tells their content.
/// </summary>
internal static class ConfigAdoption
{
    private const int MarkLength = 9;

    public static StackSpec Keep(StackSpec stack, IReadOnlyList<SwarmConfig> existing)
    {
        var renamed = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var config in stack.Configs.Where(config => config.Name.Length > MarkLength))
        {
            var plain = config.Name.Substring(0, config.Name.Length - MarkLength);
            if (existing.Any(other => other.Spec.Name == plain && IsSame(other.Spec, config)))
                renamed[config.Name] = plain;
        }

        return renamed.Count == 0 ? stack : stack with
        {
            Configs = [.. stack.Configs.Select(config => config with { Name = Name(config.Name)! })],
            Services = [.. stack.Services.Select(service => service with { Spec = Renamed(service.Spec) })],
        };

        string? Name(string? name) => name is not null && renamed.TryGetValue(name, out var other) ? other : name;

        SwarmServiceSpec Renamed(SwarmServiceSpec spec)
        {
            var container = spec.TaskTemplate.ContainerSpec;
            var changed = container with
            {
                Configs = container.Configs?.Select(use => use with { ConfigName = Name(use.ConfigName) })
                    .OrderBy(use => use.ConfigName, StringComparer.Ordinal)
                    .ToList(),
                Privileges = container.Privileges is { CredentialSpec: { Config: { } config } credentials } privileges
                    ? privileges with { CredentialSpec = credentials with { Config = Name(config) } }
                    : container.Privileges,
            };
            return spec with { TaskTemplate = spec.TaskTemplate with { ContainerSpec = changed } };
        }
    }

    private static bool IsSame(SwarmConfigSpec one, SwarmConfigSpec other) =>
        (one.Data ?? []).SequenceEqual(other.Data ?? []) && (one.Templating?.Name ?? "") == (other.Templating?.Name ?? "");
}
