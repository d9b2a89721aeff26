using Compose.Files.Canonical;
using Compose.Model.Naming;
using Compose.Yaml;

namespace Compose.Model.Binding;

/// <summary>Binds entries of <c>ports</c>.</summary>
internal static class PortBinder
{
    public static PortDefinition Bind(YamlMapping tree) => new()
    {
        Name = tree.Text("name"),
        HostIP = tree.Text("host_ip"),
        Target = tree.Int("target") ?? 0,
        Published = tree.Text("published"),
        Protocol = tree.Text("protocol") ?? "tcp",
        Mode = tree.Text("mode") ?? "ingress",
        ProtocolIsSet = tree.Has("protocol"),
        ModeIsSet = tree.Has("mode"),
        AppProtocol = tree.Text("app_protocol"),
        Origin = tree.Origin(),
    };
}

/// <summary>Binds entries of a service's <c>volumes</c>.</summary>
internal static class MountBinder
{
    public static MountDefinition Bind(YamlMapping tree) => new()
    {
        Type = tree.Text("type") ?? "volume",
        Source = tree.Text("source"),
        Target = ContainerPath.Clean(tree.Text("target") ?? ""),
        ReadOnly = tree.Flag("read_only") ?? false,
        Consistency = tree.Text("consistency"),
        Bind = tree.Map("bind") is { } bind
            ? new BindOptions
            {
                Propagation = bind.Text("propagation"),
                CreateHostPath = bind.Flag("create_host_path") ?? true,
                CreateHostPathIsSet = bind.Has("create_host_path"),
                Recursive = bind.Text("recursive"),
                SELinux = bind.Text("selinux"),
            }
            : null,
        Volume = tree.Map("volume") is { } volume
            ? new VolumeMountOptions
            {
                NoCopy = volume.Flag("nocopy") ?? false,
                Subpath = volume.Text("subpath"),
                Labels = volume.Pairs("labels"),
            }
            : null,
        Tmpfs = tree.Map("tmpfs") is { } tmpfs ? new TmpfsOptions { Size = tmpfs.Long("size"), Mode = tmpfs.Int("mode") } : null,
        ImageSubpath = tree.Map("image")?.Text("subpath"),
        Origin = tree.Origin(),
    };
}

/// <summary>Binds a service's <c>networks</c>.</summary>
internal static class NetworkBinder
{
    private const string Default = "default";

    /// <summary>A service without <c>networks</c> and <c>network_mode</c> joins the default network.</summary>
    public static IReadOnlyDictionary<string, ServiceNetworkDefinition?> BindUses(YamlMapping service)
    {
        if (service.Map("networks") is { Entries.Count: > 0 } networks)
            return networks.Entries.ToDictionary(
                entry => entry.Name, entry => entry.Value is YamlMapping use ? Bind(use) : null, StringComparer.Ordinal);
        return service.Text("network_mode") is null && !service.Has("provider")
            ? new Dictionary<string, ServiceNetworkDefinition?> { [Default] = null }
            : new Dictionary<string, ServiceNetworkDefinition?>();
    }

    private static ServiceNetworkDefinition Bind(YamlMapping tree) => new()
    {
        Aliases = tree.Texts("aliases"),
        IPv4Address = tree.Text("ipv4_address"),
        IPv6Address = tree.Text("ipv6_address"),
        LinkLocalIPs = tree.Texts("link_local_ips"),
        MacAddress = tree.Text("mac_address"),
        InterfaceName = tree.Text("interface_name"),
        DriverOptions = tree.Pairs("driver_opts"),
        Priority = tree.Int("priority") ?? 0,
        GatewayPriority = tree.Int("gw_priority") ?? 0,
    };
}

/// <summary>
/// Binds <c>depends_on</c>, and adds the dependencies that links, shared namespaces and <c>volumes_from</c> imply.
/// </summary>
internal static class DependencyBinder
{
    public static IReadOnlyDictionary<string, DependencyDefinition> Bind(YamlMapping service)
    {
        var dependencies = Declared(service);

        foreach (var attribute in new[] { "network_mode", "ipc", "pid", "uts", "cgroup" })
        {
            if (ServiceName.In(service.Text(attribute)) is { } name)
                Imply(name, restart: true, service[attribute]!);
        }

        foreach (var link in service.Texts("links"))
            Imply(link.Split(':')[0], restart: true, service["links"]!);
        foreach (var source in service.Texts("volumes_from").Where(source =>
            !source.StartsWith("container:", StringComparison.Ordinal)))
            Imply(source.Split(':')[0], restart: false, service["volumes_from"]!);
        return dependencies;

        void Imply(string name, bool restart, YamlNode place)
        {
            if (!dependencies.ContainsKey(name))
                dependencies[name] = new DependencyDefinition
                {
                    Condition = "service_started",
                    Restart = restart,
                    Origin = place.Origin(),
                };
        }
    }

    /// <summary>The entries of <c>depends_on</c>, without implied dependencies.</summary>
    public static Dictionary<string, DependencyDefinition> Declared(YamlMapping service) =>
        (service.Map("depends_on")?.Entries ?? [])
            .ToDictionary(entry => entry.Name, entry => Bind(entry), StringComparer.Ordinal);

    private static DependencyDefinition Bind(YamlEntry entry)
    {
        var tree = entry.Value as YamlMapping;
        return new DependencyDefinition
        {
            Condition = tree?.Text("condition") ?? "service_started",
            Restart = tree?.Flag("restart") ?? false,
            Required = tree?.Flag("required") ?? true,
            Origin = entry.Key.Origin(),
        };
    }
}

/// <summary>Binds <c>healthcheck</c> sections.</summary>
internal static class HealthcheckBinder
{
    public static HealthcheckDefinition Bind(YamlMapping tree) => new()
    {
        Test = tree.TextsOrNull("test"),
        Interval = tree.Duration("interval"),
        Timeout = tree.Duration("timeout"),
        Retries = tree.Int("retries"),
        StartPeriod = tree.Duration("start_period"),
        StartInterval = tree.Duration("start_interval"),
        Disable = tree.Flag("disable") ?? false,
    };
}

/// <summary>Binds lifecycle hooks and <c>develop</c> sections.</summary>
internal static class HookBinder
{
    public static IReadOnlyList<HookDefinition> Bind(YamlMapping service, string name) => [.. service.Maps(name).Select(Bind)];

    public static DevelopDefinition? BindDevelop(YamlMapping service, string name) =>
        service.Map(name) is { } develop ? new DevelopDefinition([.. develop.Maps("watch").Select(Watch)]) : null;

    private static HookDefinition Bind(YamlMapping tree) => new()
    {
        Command = tree.Texts("command"),
        Image = tree.Text("image"),
        User = tree.Text("user"),
        Privileged = tree.Flag("privileged") ?? false,
        WorkingDir = tree.Text("working_dir"),
        Environment = tree.Variables("environment"),
        PerReplica = tree.Flag("per_replica") ?? false,
    };

    private static WatchDefinition Watch(YamlMapping tree) => new()
    {
        Path = tree.Text("path") ?? "",
        Action = tree.Text("action") ?? "",
        Target = tree.Text("target"),
        Ignore = tree.Texts("ignore"),
        Include = tree.Texts("include"),
        InitialSync = tree.Flag("initial_sync") ?? false,
        LegacyInitialSync = tree.Flag("x-initialSync") ?? false,
        Exec = tree.Map("exec") is { } hook ? Bind(hook) : null,
    };
}
