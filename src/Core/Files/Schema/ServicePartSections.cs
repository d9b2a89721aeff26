using static Compose.Files.Schema.Shapes;
using static Compose.Files.Schema.SwarmSupport;

namespace Compose.Files.Schema;

/// <summary>The attributes of sections within a service.</summary>
internal static class ServicePartSections
{
    public static readonly Section Network = new("service network",
        new("aliases", Strings) { Merge = MergeRule.AppendUnique },
        new("driver_opts", Options),
        new("gw_priority", PlainNumber) { OnSwarm = Warned },
        new("interface_name", StringValue) { OnSwarm = Warned },
        new("ipv4_address", StringValue) { OnSwarm = Warned },
        new("ipv6_address", StringValue) { OnSwarm = Warned },
        new("link_local_ips", Strings) { Merge = MergeRule.AppendUnique, OnSwarm = Warned },
        new("mac_address", StringValue) { OnSwarm = Warned },
        new("priority", PlainNumber) { OnSwarm = Warned });

    public static readonly Section Dependency = new("dependency",
        new(
            "condition", OneOf("service_started", "service_healthy", "service_completed_successfully"),
            Support.Client) { Required = true },
        new("required", BooleanValue, Support.Client),
        new("restart", BooleanValue, Support.Client));

    public static readonly Section EnvFile = new("env_file",
        new("path", PathValue, Support.Client) { Required = true },
        new("required", BooleanValue, Support.Client),
        new("format", StringValue, Support.Client));

    public static readonly Section Extends = new("extends",
        new("service", StringValue, Support.Client) { Required = true },
        new("file", StringValue, Support.Client));

    public static readonly Section Healthcheck = new("healthcheck",
        new("disable", BooleanValue),
        new("interval", Duration),
        new(
            "retries",
            new ScalarShape(ScalarKind.Integer) { Types = YamlTypes.String | YamlTypes.Number, Minimum = 0, Is32Bit = true }),
        new("start_interval", Duration),
        new("start_period", Duration),
        new("test", new ShortForm(Strings, "a string", ShortForms.Test)) { Merge = MergeRule.Replace },
        new("timeout", Duration));

    public static readonly Section Logging = new("logging",
        new("driver", StringValue),
        new("options", new MapShape(TextOrNumber, AllowNull: true)));

    public static readonly Section Port = new("port",
        new("app_protocol", StringValue, Support.Ignored),
        new("host_ip", StringValue) { OnSwarm = Warned },
        new("mode", StringValue, Support.Client),
        new("name", StringValue, Support.Client),
        new("protocol", StringValue),
        new("published", new ScalarShape(ScalarKind.Text) { Types = YamlTypes.String | YamlTypes.Integer }),
        new("target", Between(ScalarKind.Integer, 0, 65_535)) { Required = true });

    public static readonly Section Mount = new("mount",
        new("bind", Shapes.Section(new Section("bind",
            new AttributeRule("create_host_path", BooleanValue) { OnSwarm = Partly },
            new AttributeRule("propagation", StringValue),
            new AttributeRule("recursive", OneOf("enabled", "disabled", "writable", "readonly")) { OnSwarm = Partly },
            new AttributeRule("selinux", OneOf("z", "Z")) { OnSwarm = Warned }))),
        new("consistency", StringValue) { OnSwarm = Warned },
        new("image", Shapes.Section(new Section("image mount", new AttributeRule("subpath", StringValue))))
            { OnSwarm = Refused },
        new("read_only", BooleanValue),
        new("source", StringValue),
        new("target", StringValue) { Required = true },
        new(
            "tmpfs",
            Shapes.Section(new Section("tmpfs", new AttributeRule("mode", FileModeValue), new AttributeRule("size", Size)))),
        new("type", OneOf("bind", "volume", "tmpfs", "cluster", "npipe", "image")) { Required = true, OnSwarm = Partly },
        new("volume", Shapes.Section(new Section("volume mount",
            new AttributeRule("labels", Pairs), new AttributeRule(
                "nocopy", BooleanValue), new AttributeRule("subpath", StringValue)))));

    public static readonly Section Device = new("device",
        new("permissions", StringValue),
        new("source", StringValue) { Required = true },
        new("target", StringValue) { Required = true });

    public static readonly Section Hook = new("hook",
        new("command", Command) { Required = true, Merge = MergeRule.Replace, Nullable = true },
        new("environment", DistinctVariables),
        new("privileged", BooleanValue),
        new("user", StringValue),
        new("working_dir", StringValue));

    public static readonly Section PreStartHook = new("pre_start hook",
        new("command", Command) { Merge = MergeRule.Replace, Nullable = true },
        new("environment", DistinctVariables),
        new("image", StringValue),
        new("per_replica", BooleanValue),
        new("privileged", BooleanValue),
        new("user", StringValue),
        new("working_dir", StringValue));

    public static readonly Section Provider = new("provider",
        new("options", new MapShape(new ListShape(Text, AllowSingle: true)), Support.NotYet),
        new("type", StringValue, Support.NotYet) { Required = true });

    public static readonly Section Model = new("service model",
        new("endpoint_var", StringValue, Support.NotYet),
        new("model_var", StringValue, Support.NotYet));

    public static readonly Section CredentialSpec = new("credential_spec",
        new("config", StringValue, Support.Swarm),
        new("file", StringValue, Support.Swarm),
        new("registry", StringValue, Support.Swarm));

    private static readonly Section WeightDevice =
        new("weight_device", new AttributeRule("path", StringValue), new AttributeRule("weight", Integer32));

    private static readonly Section RateDevice = new(
        "rate", new AttributeRule("path", StringValue), new AttributeRule("rate", Bytes));

    public static readonly Section Blkio = new("blkio_config",
        new("device_read_bps", ListOf(RateDevice)),
        new("device_read_iops", ListOf(RateDevice)),
        new("device_write_bps", ListOf(RateDevice)),
        new("device_write_iops", ListOf(RateDevice)),
        new("weight", Integer32),
        new("weight_device", ListOf(WeightDevice)));
}
