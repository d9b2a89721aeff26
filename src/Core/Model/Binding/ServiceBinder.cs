using Compose.Yaml;

namespace Compose.Model.Binding;

/// <summary>Binds a service's mapping in long form to its record.</summary>
internal static class ServiceBinder
{
    public static ServiceDefinition Bind(YamlEntry entry, YamlMapping tree) => new()
    {
        Name = entry.Name,
        Image = tree.Text("image"),
        Build = tree.Map("build") is { } build ? BuildBinder.Bind(build) : null,
        PullPolicy = tree.Text("pull_policy") is "if_not_present" ? "missing" : tree.Text("pull_policy"),
        Platform = tree.NonEmptyText("platform"),
        Command = tree.TextsOrNull("command"),
        Entrypoint = tree.TextsOrNull("entrypoint"),
        Environment = tree.Variables("environment"),
        Labels = tree.Pairs("labels"),
        Annotations = tree.Pairs("annotations"),
        Ports = [.. tree.Maps("ports").Select(PortBinder.Bind)],
        Expose = tree.Texts("expose"),
        Volumes = [.. tree.Maps("volumes").Select(MountBinder.Bind)],
        VolumesFrom = tree.Texts("volumes_from"),
        Tmpfs = tree.Texts("tmpfs"),
        Networks = NetworkBinder.BindUses(tree),
        NetworkMode = tree.Text("network_mode"),
        Links = tree.Texts("links"),
        ExternalLinks = tree.Texts("external_links"),
        ExtraHosts = ExtraHostsBinder.Bind(tree),
        DependsOn = DependencyBinder.Bind(tree),
        Healthcheck = tree.Map("healthcheck") is { } check ? HealthcheckBinder.Bind(check) : null,
        Deploy = tree.Map("deploy") is { } deploy ? DeployBinder.Bind(deploy) : null,
        Restart = tree.NonEmptyText("restart"),
        Scale = tree.Int("scale"),
        Profiles = tree.Texts("profiles"),
        ContainerName = tree.NonEmptyText("container_name"),
        Hostname = tree.NonEmptyText("hostname"),
        DomainName = tree.NonEmptyText("domainname"),
        MacAddress = tree.NonEmptyText("mac_address"),
        User = tree.NonEmptyText("user"),
        WorkingDir = tree.NonEmptyText("working_dir"),
        Init = tree.Flag("init"),
        Attach = tree.Flag("attach"),
        StdinOpen = tree.Flag("stdin_open") ?? false,
        Tty = tree.Flag("tty") ?? false,
        Privileged = tree.Flag("privileged") ?? false,
        ReadOnly = tree.Flag("read_only") ?? false,
        UseApiSocket = tree.Flag("use_api_socket") ?? false,
        StopSignal = tree.NonEmptyText("stop_signal"),
        StopGracePeriod = tree.Duration("stop_grace_period"),
        Secrets = [
            .. FileObjectBinder.BindUses(tree, "secrets")
            .Select(use => use with { Target = use.Target ?? "/run/secrets/" + use.Source })],
        Configs = FileObjectBinder.BindUses(tree, "configs"),
        Logging = tree.Map("logging") is { } logging
            ? new LoggingDefinition(logging.Text("driver"), logging.Pairs("options"))
            : null,
        Dns = [.. tree.Texts("dns").Where(server => server.Length > 0)],
        DnsSearch = tree.Texts("dns_search"),
        DnsOptions = tree.Texts("dns_opt"),
        CapAdd = tree.Texts("cap_add"),
        CapDrop = tree.Texts("cap_drop"),
        GroupAdd = tree.Texts("group_add"),
        SecurityOptions = tree.Texts("security_opt"),
        Sysctls = tree.Pairs("sysctls"),
        Ulimits = ResourceBinder.Ulimits(tree),
        StorageOptions = tree.Pairs("storage_opt"),
        UsernsMode = tree.NonEmptyText("userns_mode"),
        Uts = tree.NonEmptyText("uts"),
        Ipc = tree.NonEmptyText("ipc"),
        Pid = tree.NonEmptyText("pid"),
        Cgroup = tree.NonEmptyText("cgroup"),
        CgroupParent = tree.NonEmptyText("cgroup_parent"),
        Isolation = tree.NonEmptyText("isolation"),
        Runtime = tree.NonEmptyText("runtime"),
        ShmSize = tree.Long("shm_size"),
        OomKillDisable = tree.Flag("oom_kill_disable") ?? false,
        OomScoreAdj = tree.Long("oom_score_adj"),
        Resources = ResourceBinder.Bind(tree),
        LegacyKeys = ResourceBinder.LegacyKeys(tree),
        ConflictingKeys = ResourceBinder.Contradictions(tree),
        Blkio = tree.Map("blkio_config") is { } blkio ? ResourceBinder.Blkio(blkio) : null,
        Devices = [
            .. tree.Maps("devices")
            .Select(device =>
                new DeviceDefinition(device.Text("source") ?? "", device.Text("target"), device.Text("permissions")))],
        DeviceCgroupRules = tree.Texts("device_cgroup_rules"),
        Gpus = [.. tree.Maps("gpus").Select(ResourceBinder.DeviceRequest)],
        PreStart = HookBinder.Bind(tree, "pre_start"),
        PostStart = HookBinder.Bind(tree, "post_start"),
        PreStop = HookBinder.Bind(tree, "pre_stop"),
        Develop = HookBinder.BindDevelop(tree, "develop"),
        LegacyDevelop = HookBinder.BindDevelop(tree, "x-develop"),
        Provider = tree.Map("provider") is { } provider
            ? new ProviderDefinition(provider.Text("type") ?? "", provider.Map("options") is { } options
                ? options.Entries.ToDictionary(
                    option => option.Name,
                    option => options.Texts(option.Name)) : new Dictionary<string, IReadOnlyList<string>>())
            : null,
        Models = tree.Each(
            "models",
            (_, model) =>
                (ServiceModelDefinition?)new ServiceModelDefinition(model.Text("endpoint_var"), model.Text("model_var"))),
        CredentialSpec = tree.Map("credential_spec") is { } spec
            ? new CredentialSpecDefinition(spec.Text("config"), spec.Text("file"), spec.Text("registry"))
            : null,
        Origin = entry.Key.Origin(),
    };
}
