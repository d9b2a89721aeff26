using static Compose.Files.Schema.Shapes;
using static Compose.Files.Schema.SwarmSupport;

namespace Compose.Files.Schema;

/// <summary>The attributes of <c>deploy</c>, most of which only a Swarm carries out.</summary>
internal static class DeploySection
{
    /// <summary>An item of <c>gpus</c>: a device request that need not name the capability <c>gpu</c>.</summary>
    public static readonly Section GpuRequest = DeviceRequest("gpu request", needsCapabilities: false);

    private static readonly Section GenericResource = new("generic resource",
        new AttributeRule("discrete_resource_spec", Shapes.Section(new Section("discrete resource",
            new AttributeRule("kind", StringValue, Support.Swarm),
            new AttributeRule("value", Number, Support.Swarm))), Support.Swarm));

    private static readonly Section Limits = new("limits",
        new("cpus", Cpus),
        new("memory", BytesText),
        new("pids", Integer));

    private static readonly Section Reservations = new("reservations",
        new("cpus", Cpus, Support.Swarm),
        new("devices", ListOf(DeviceRequest("device request", needsCapabilities: true))) { OnSwarm = Warned },
        new("generic_resources", ListOf(GenericResource), Support.Swarm),
        new("memory", BytesText));

    private static readonly Section RestartPolicy = new("restart_policy",
        new("condition", StringValue),
        new("delay", Duration, Support.Swarm),
        new("max_attempts", Count),
        new("window", Duration, Support.Swarm));

    private static readonly Section Update = new("update",
        new("delay", Duration, Support.Swarm),
        new("failure_action", StringValue, Support.Swarm),
        new("max_failure_ratio", Number, Support.Swarm),
        new("monitor", Duration, Support.Swarm),
        new("order", OneOf("start-first", "stop-first"), Support.Swarm),
        new("parallelism", Count, Support.Swarm));

    private static readonly Section Placement = new("placement",
        new("constraints", Strings, Support.Swarm),
        new("max_replicas_per_node", Count, Support.Swarm),
        new(
            "preferences", ListOf(new Section("preference", new AttributeRule("spread", StringValue, Support.Swarm))),
            Support.Swarm));

    public static readonly Section Deploy = new("deploy",
        new("endpoint_mode", StringValue, Support.Swarm),
        new("labels", Pairs, Support.Swarm),
        new("mode", StringValue, Support.Swarm),
        new("placement", Shapes.Section(Placement), Support.Swarm),
        new("replicas", Integer32, Support.Client),
        new("resources", Shapes.Section(new Section("resources",
            new AttributeRule("limits", Shapes.Section(Limits)),
            new AttributeRule("reservations", Shapes.Section(Reservations))))),
        new("restart_policy", Shapes.Section(RestartPolicy)),
        new("rollback_config", Shapes.Section(Update), Support.Swarm),
        new("update_config", Shapes.Section(Update), Support.Swarm));

    private static Section DeviceRequest(string name, bool needsCapabilities) => new(name,
        new("capabilities", Strings) { Distinct = true, Required = needsCapabilities },
        new("count", new ShortForm(Integer32, "\"all\"", ShortForms.Count)),
        new("device_ids", Strings) { Distinct = true },
        new("driver", StringValue),
        new("options", Pairs));
}
