using static Compose.Files.Schema.Shapes;
using static Compose.Files.Schema.SwarmSupport;

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
        new("annotations", Pairs) { OnSwarm = Warned },
        new("attach", BooleanValue, Support.Client) { OnSwarm = Warned },
        new("build", new ShortForm(Shapes.Section(BuildSection.Build), "a path", ShortForms.Context), Support.Client)
            { OnSwarm = Warned },
        new("blkio_config", Shapes.Section(ServicePartSections.Blkio)) { OnSwarm = Warned },
        new("cap_add", Strings) { Merge = MergeRule.AppendUnique },
        new("cap_drop", Strings) { Merge = MergeRule.AppendUnique },
        new("cgroup", OneOf("host", "private")) { OnSwarm = Warned },
        new("cgroup_parent", StringValue) { OnSwarm = Warned },
        new("command", Command) { Merge = MergeRule.Replace, Nullable = true },
        new("configs", FileObjects, Support.Client) { Merge = MergeRule.AppendByKey, ItemKey = ItemKeys.Config },
        new("container_name", Matching("[a-zA-Z0-9][a-zA-Z0-9_.-]+", "a name of at least two letters, digits, '_', '.' or '-'"))
            { OnSwarm = Warned },
        new("cpu_count", Between(ScalarKind.Integer, 0, double.MaxValue)) { OnSwarm = Warned },
        new("cpu_percent", new ScalarShape(ScalarKind.Number)
        {
            Types = YamlTypes.String | YamlTypes.Integer,
            Minimum = 0,
            Maximum = 100,
            IsWhole = true,
            Description = "a whole number from 0 to 100",
        }) { OnSwarm = Warned },
        new("cpu_period", Whole) { OnSwarm = Warned },
        new("cpu_quota", Whole) { OnSwarm = Warned },
        new("cpu_rt_period", Whole) { OnSwarm = Warned },
        new("cpu_rt_runtime", Whole) { OnSwarm = Warned },
        new("cpu_shares", Whole) { OnSwarm = Warned },
        new("cpus", Cpus),
        new("cpuset", StringValue) { OnSwarm = Warned },
        new("credential_spec", Shapes.Section(ServicePartSections.CredentialSpec), Support.Swarm),
        new("depends_on", DependsOn, Support.Client) { OnSwarm = Partly },
        new("deploy", Shapes.Section(DeploySection.Deploy)) { Nullable = true },
        new("develop", Shapes.Section(DevelopSection.Develop), Support.Client) { Nullable = true, OnSwarm = Warned },
        new("device_cgroup_rules", Strings) { Distinct = true, OnSwarm = Warned },
        new("devices", new ListShape(
            new ShortForm(Shapes.Section(ServicePartSections.Device), "a device", MountShortForm.Device)))
            { Merge = MergeRule.AppendByKey, ItemKey = ItemKeys.Target, OnSwarm = Warned },
        new("dns", StringOrList) { Merge = MergeRule.AppendUnique },
        new("dns_opt", Strings) { Merge = MergeRule.AppendUnique },
        new("dns_search", StringOrList) { Merge = MergeRule.AppendUnique },
        new("domainname", StringValue) { OnSwarm = Warned },
        new("entrypoint", Command) { Merge = MergeRule.Replace, Nullable = true },
        new("env_file", EnvFiles, Support.Client) { Merge = MergeRule.AppendByKey, ItemKey = ItemKeys.Path },
        new("environment", Variables),
        new("expose", new ListShape(TextOrNumber)) { Merge = MergeRule.AppendUnique, OnSwarm = Warned },
        new(
            "extends", new ShortForm(Shapes.Section(ServicePartSections.Extends), "a service", ShortForms.ServiceName),
            Support.Client),
        new("external_links", Strings) { Distinct = true, OnSwarm = Warned },
        new("extra_hosts", Hosts) { Merge = MergeRule.AppendUnique, Distinct = true },
        new("gpus", Gpus) { OnSwarm = Warned },
        new("group_add", new ListShape(TextOrNumber)) { Distinct = true },
        new("healthcheck", Shapes.Section(ServicePartSections.Healthcheck)),
        new("hostname", StringValue),
        new("image", StringValue),
        new("init", BooleanValue),
        new("ipc", StringValue) { OnSwarm = Warned },
        new("isolation", StringValue),
        new("label_file", StringOrList, Support.Client) { Distinct = true },
        new("labels", Pairs),
        new("links", Strings) { Merge = MergeRule.AppendByKey, ItemKey = ItemKeys.Link, OnSwarm = Warned },
        new("logging", Shapes.Section(ServicePartSections.Logging)) { Merge = MergeRule.Logging },
        new("mac_address", StringValue) { OnSwarm = Warned },
        new("mem_limit", Bytes),
        new("mem_reservation", new ScalarShape(ScalarKind.Bytes) { Types = YamlTypes.String | YamlTypes.Integer }),
        new("mem_swappiness", new ScalarShape(ScalarKind.Bytes) { Types = YamlTypes.String | YamlTypes.Integer })
            { OnSwarm = Warned },
        new("memswap_limit", Bytes) { OnSwarm = Warned },
        new("models", Models, Support.NotYet),
        new("network_mode", StringValue) { OnSwarm = Partly },
        new("networks", Networks),
        new("oom_kill_disable", BooleanValue) { OnSwarm = Warned },
        new("oom_score_adj", Between(ScalarKind.Integer, -1000, 1000)),
        new("pid", StringValue) { Nullable = true, OnSwarm = Warned },
        new("pids_limit", Whole),
        new("platform", StringValue),
        new("ports", new ListShape(new ShortForm(Shapes.Section(ServicePartSections.Port), "a port", PortShortForm.Expand)))
            { Merge = MergeRule.AppendByKey, ItemKey = ItemKeys.Port },
        new("post_start", ListOf(ServicePartSections.Hook), Support.Client) { OnSwarm = Warned },
        new("pre_start", ListOf(ServicePartSections.PreStartHook)) { OnSwarm = Warned },
        new("pre_stop", ListOf(ServicePartSections.Hook), Support.Client) { OnSwarm = Warned },
        new("privileged", BooleanValue) { OnSwarm = Warned },
        new("profiles", Strings, Support.Client) { Merge = MergeRule.AppendUnique },
        new("provider", Shapes.Section(ServicePartSections.Provider), Support.NotYet) { OnSwarm = Refused },
        new(
            "pull_policy",
            Matching(
                "^(always|never|build|if_not_present|missing|refresh|daily|weekly|every_([0-9]+[wdhms])+)$",
                "always, never, missing, build, daily, weekly or every_ and a duration"),
            Support.Client) { OnSwarm = Warned },
        new("pull_refresh_after", StringValue, Support.Ignored),
        new("read_only", BooleanValue),
        new("restart", StringValue),
        new("runtime", StringValue) { OnSwarm = Warned },
        new("scale", Integer32, Support.Client),
        new("secrets", FileObjects, Support.Client) { Merge = MergeRule.AppendByKey, ItemKey = ItemKeys.Secret },
        new("security_opt", Strings) { Distinct = true, OnSwarm = Partly },
        new("shm_size", Bytes) { OnSwarm = Warned },
        new("stdin_open", BooleanValue),
        new("stop_grace_period", Duration),
        new("stop_signal", StringValue),
        new("storage_opt", new MapShape(Text, AllowNull: true)) { OnSwarm = Warned },
        new("sysctls", Pairs),
        new("tmpfs", StringOrList) { Merge = MergeRule.AppendUnique },
        new("tty", BooleanValue),
        new("ulimits", Ulimits) { Merge = MergeRule.Natural },
        new("use_api_socket", BooleanValue, Support.Client) { OnSwarm = Warned },
        new("user", StringValue),
        new("userns_mode", StringValue) { OnSwarm = Warned },
        new("uts", StringValue) { OnSwarm = Warned },
        new("volumes", new ListShape(new ShortForm(Shapes.Section(ServicePartSections.Mount), "a mount", MountShortForm.Volume)))
            { Merge = MergeRule.AppendByKey, ItemKey = ItemKeys.Target },
        new("volumes_from", Strings) { Distinct = true, OnSwarm = Warned },
        new("working_dir", StringValue));
}
