using Compose.Yaml;

namespace Compose.Model.Binding;

/// <summary>Binds top-level networks, volumes and models. The default name on the engine is <c>project_key</c>.</summary>
internal static class TopLevelBinder
{
    public static NetworkDefinition Network(string project, YamlEntry entry, YamlMapping tree) => new()
    {
        Key = entry.Name,
        Name = Name(project, entry.Name, tree),
        External = IsExternal(tree),
        Driver = tree.Text("driver"),
        DriverOptions = tree.Pairs("driver_opts"),
        Ipam = tree.Map("ipam") is { } ipam ? Ipam(ipam) : null,
        Internal = tree.Flag("internal") ?? false,
        Attachable = tree.Flag("attachable") ?? false,
        EnableIPv4 = tree.Flag("enable_ipv4"),
        EnableIPv6 = tree.Flag("enable_ipv6"),
        Labels = tree.Pairs("labels"),
        Origin = entry.Key.Origin(),
    };

    public static VolumeDefinition Volume(string project, YamlEntry entry, YamlMapping tree) => new()
    {
        Key = entry.Name,
        Name = Name(project, entry.Name, tree),
        External = IsExternal(tree),
        Driver = tree.Text("driver"),
        DriverOptions = tree.Pairs("driver_opts"),
        Labels = tree.Pairs("labels"),
        Origin = entry.Key.Origin(),
    };

    public static ModelDefinition Model(YamlEntry entry, YamlMapping tree) => new()
    {
        Key = entry.Name,
        Model = tree.Text("model") ?? "",
        ContextSize = tree.Long("context_size"),
        RuntimeFlags = tree.Texts("runtime_flags"),
        Origin = entry.Key.Origin(),
    };

    public static string Name(string project, string key, YamlMapping tree) =>
        tree.Text("name") ?? tree.Map("external")?.Text("name") ?? (IsExternal(tree) ? key : $"{project}_{key}");

    public static bool IsExternal(YamlMapping tree) => tree.Flag("external") ?? tree.Map("external") is not null;

    private static IpamDefinition Ipam(YamlMapping tree) => new()
    {
        Driver = tree.Text("driver"),
        Options = tree.Pairs("options"),
        Config = [.. tree.Maps("config").Select(pool => new IpamPoolDefinition
        {
            Subnet = pool.Text("subnet"), IpRange = pool.Text(
                "ip_range"), Gateway = pool.Text("gateway"), AuxAddresses = pool.Pairs("aux_addresses"),
        })],
    };
}
