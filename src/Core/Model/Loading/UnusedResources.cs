namespace Compose.Model.Loading;

/// <summary>Removes networks, volumes, secrets and configs that no selected service uses; up does not create them.</summary>
internal static class UnusedResources
{
    public static ComposeProject Prune(ComposeProject project)
    {
        var services = project.Services.Values;
        var networks = services.SelectMany(service => service.Networks.Keys);
        var volumes = services.SelectMany(service => service.Volumes)
            .Where(mount => mount.Type == "volume")
            .Select(mount => mount.Source);
        var secrets = services.SelectMany(service => service.Secrets.Concat(service.Build?.Secrets ?? []))
            .Select(use => use.Source);
        var configs = services.SelectMany(service => service.Configs).Select(use => use.Source);
        return project with
        {
            Networks = Keep(project.Networks, networks),
            Volumes = Keep(project.Volumes, volumes),
            Secrets = Keep(project.Secrets, secrets),
            Configs = Keep(project.Configs, configs),
        };
    }

    private static Dictionary<string, T> Keep<T>(IReadOnlyDictionary<string, T> all, IEnumerable<string?> used)
    {
        var kept = used.ToHashSet(StringComparer.Ordinal);
        return all.Where(entry => kept.Contains(entry.Key))
            .ToDictionary(entry => entry.Key, entry => entry.Value, StringComparer.Ordinal);
    }
}
