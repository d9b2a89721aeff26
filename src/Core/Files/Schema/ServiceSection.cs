using static Compose.Files.Schema.Shapes;

namespace Compose.Files.Schema;

/// <summary>The attributes of a service.</summary>
internal static class ServiceSection
{
    private static readonly Shape Networks = new ShortForm(
        new MapShape(Shapes.Section(ServicePartSections.Network), AllowNull: true), "a list of names", ShortForms.Names);

    private static readonly Shape DependsOn = new ShortForm(
        new MapShape(Shapes.Section(ServicePartSections.Dependency)), "a list of services", ShortForms.Dependencies);

    private static readonly Shape EnvFiles = new ListShape(
        new ShortForm(Shapes.Section(ServicePartSections.EnvFile), "a path", ShortForms.FilePath), AllowSingle: true);

    private static readonly Shape Gpus = new ShortForm(ListOf(DeploySection.GpuRequest), "\"all\"", ShortForms.AllGpus);

    private static readonly Shape Models = new ShortForm(
        new MapShape(Shapes.Section(ServicePartSections.Model), AllowNull: true), "a list of names", ShortForms.Names);

    public static readonly Section Service = new("service",
        new("annotations", Pairs),
        new("attach", BooleanValue, Support.Client),
        new("build", new ShortForm(Shapes.Section(BuildSection.Build), "a path", ShortForms.Context), Support.Client),
        new("blkio_config", Shapes.Section(ServicePartSections.Blkio)),
        new("cap_add", Strings) { Merge = MergeRule.AppendUnique },
        new("cap_drop", Strings) { Merge = MergeRule.AppendUnique },
        new("cgroup", OneOf("host", "private")),
        new("cgroup_parent", StringValue),
        new("command", Command) { Merge = MergeRule.Replace, Nullable = true },
        new("configs", FileObjects, Support.Client) { Merge = MergeRule.AppendByKey, ItemKey = ItemKeys.Config },
        new("container_name", Matching("[a-zA-Z0-9][a-zA-Z0-9_.-]+", "a name of at least two letters, digits, '_', '.' or '-'")),
        new("cpu_count", Between(ScalarKind.Integer, 0, double.MaxValue)),
        new("cpu_percent", new ScalarShape(ScalarKind.Number)
        {
            Types = YamlTypes.String | YamlTypes.Integer,
            Minimum = 0,
            Maximum = 100,
            IsWhole = true,
            Description = "a whole number from 0 to 100",
        }),
        new("cpu_period", Whole),
        new("cpu_quota", Whole),
        new("cpu_rt_period", Whole),
        new("cpu_rt_runtime", Whole),
        new("cpu_shares", Whole),
        new("cpus", Cpus),
        new("cpuset", StringValue),
        new("credential_spec", Shapes.Section(ServicePartSections.CredentialSpec), Support.Ignored),
        new("depends_on", DependsOn, Support.Client),
        new("deploy", Shapes.Section(DeploySection.Deploy)) { Nullable = true },
        new("develop", Shapes.Section(DevelopSection.Develop), Support.Client) { Nullable = true },
        new("device_cgroup_rules", Strings) { Distinct = true },
        new(
            "devices",
            new ListShape(new ShortForm(Shapes.Section(ServicePartSections.Device), "a device", MountShortForm.Device)))
            { Merge = MergeRule.AppendByKey, ItemKey = ItemKeys.Target },
        new("dns", StringOrList) { Merge = MergeRule.AppendUnique },
        new("dns_opt", Strings) { Merge = MergeRule.AppendUnique },
        new("dns_search", StringOrList) { Merge = MergeRule.AppendUnique },
        new("domainname", StringValue),
        new("entrypoint", Command) { Merge = MergeRule.Replace, Nullable = true },
        new("env_file", EnvFiles, Support.Client) { Merge = MergeRule.AppendByKey, ItemKey = ItemKeys.Path },
        new("environment", Variables),
        new("expose", new ListShape(TextOrNumber)) { Merge = MergeRule.AppendUnique },
        new(
            "extends", new ShortForm(Shapes.Section(ServicePartSections.Extends), "a service", ShortForms.ServiceName),
            Support.Client),
        new("external_links", Strings) { Distinct = true },
        new("extra_hosts", Hosts) { Merge = MergeRule.AppendUnique, Distinct = true },
        new("gpus", Gpus),
        new("group_add", new ListShape(TextOrNumber)) { Distinct = true },
        new("healthcheck", Shapes.Section(ServicePartSections.Healthcheck)),
        new("hostname", StringValue),
        new("image", StringValue),
        new("init", BooleanValue),
        new("ipc", StringValue),
        new("isolation", StringValue),
        new("label_file", StringOrList, Support.Client) { Distinct = true },
        new("labels", Pairs),
        new("links", Strings) { Merge = MergeRule.AppendByKey, ItemKey = ItemKeys.Link },
        new("logging", Shapes.Section(ServicePartSections.Logging)) { Merge = MergeRule.Logging },
        new("mac_address", StringValue),
        new("mem_limit", Bytes),
        new("mem_reservation", new ScalarShape(ScalarKind.Bytes) { Types = YamlTypes.String | YamlTypes.Integer }),
        new("mem_swappiness", new ScalarShape(ScalarKind.Bytes) { Types = YamlTypes.String | YamlTypes.Integer }),
        new("memswap_limit", Bytes),
        new("models", Models, Support.NotYet),
        new("network_mode", StringValue),
        new("networks", Networks),
        new("oom_kill_disable", BooleanValue),
        new("oom_score_adj", Between(ScalarKind.Integer, -1000, 1000)),
        new("pid", StringValue) { Nullable = true },
        new("pids_limit", Whole),
        new("platform", StringValue),
        new("ports", new ListShape(new ShortForm(Shapes.Section(ServicePartSections.Port), "a port", PortShortForm.Expand)))
            { Merge = MergeRule.AppendByKey, ItemKey = ItemKeys.Port },
        new("post_start", ListOf(ServicePartSections.Hook), Support.Client),
        new("pre_start", ListOf(ServicePartSections.PreStartHook)),
        new("pre_stop", ListOf(ServicePartSections.Hook), Support.Client),
        new("privileged", BooleanValue),
        new("profiles", Strings, Support.Client) { Merge = MergeRule.AppendUnique },
        new("provider", Shapes.Section(ServicePartSections.Provider), Support.NotYet),
        new(
            "pull_policy",
            Matching(
                "^(always|never|build|if_not_present|missing|refresh|daily|weekly|every_([0-9]+[wdhms])+)$",
                "always, never, missing, build, daily, weekly or every_ and a duration"),
            Support.Client),
        new("pull_refresh_after", StringValue, Support.Ignored),
        new("read_only", BooleanValue),
        new("restart", StringValue),
        new("runtime", StringValue),
        new("scale", Integer32, Support.Client),
        new("secrets", FileObjects, Support.Client) { Merge = MergeRule.AppendByKey, ItemKey = ItemKeys.Secret },
        new("security_opt", Strings) { Distinct = true },
        new("shm_size", Bytes),
        new("stdin_open", BooleanValue),
        new("stop_grace_period", Duration),
        new("stop_signal", StringValue),
        new("storage_opt", new MapShape(Text, AllowNull: true)),
        new("sysctls", Pairs),
        new("tmpfs", StringOrList) { Merge = MergeRule.AppendUnique },
        new("tty", BooleanValue),
        new("ulimits", Ulimits) { Merge = MergeRule.Natural },
        new("use_api_socket", BooleanValue, Support.Client),
        new("user", StringValue),
        new("userns_mode", StringValue),
        new("uts", StringValue),
        new("volumes", new ListShape(new ShortForm(Shapes.Section(ServicePartSections.Mount), "a mount", MountShortForm.Volume)))
            { Merge = MergeRule.AppendByKey, ItemKey = ItemKeys.Target },
        new("volumes_from", Strings) { Distinct = true },
        new("working_dir", StringValue));
}
