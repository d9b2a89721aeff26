using static Compose.Files.Schema.Shapes;
using static Compose.Files.Schema.SwarmSupport;

namespace Compose.Files.Schema;

/// <summary>The attributes of top-level networks, volumes, secrets, configs and models.</summary>
internal static class ResourceSections
{
    /// <summary>A boolean, or the old form: a mapping with a name.</summary>
    private static readonly Shape External = new ExternalShape();

    private static readonly Section IpamPool = new("address pool",
        new("aux_addresses", new MapShape(StringValue)) { OnSwarm = Warned },
        new("gateway", StringValue),
        new("ip_range", StringValue),
        new("subnet", StringValue));

    private static readonly Section Ipam = new("ipam",
        new("config", ListOf(IpamPool)) { Merge = MergeRule.Inherit, ItemKey = ItemKeys.Subnet },
        new("driver", StringValue),
        new("options", new MapShape(StringValue)));

    public static readonly Section Network = new("network",
        new("attachable", BooleanValue),
        new("driver", StringValue),
        new("driver_opts", Options),
        new("enable_ipv4", BooleanValue) { OnSwarm = Warned },
        new("enable_ipv6", BooleanValue),
        new("external", External, Support.Client),
        new("internal", BooleanValue),
        new("ipam", Shapes.Section(Ipam)),
        new("labels", Pairs),
        new("name", StringValue));

    public static readonly Section Volume = new("volume",
        new("driver", StringValue),
        new("driver_opts", Options),
        new("external", External, Support.Client),
        new("labels", DistinctPairs),
        new("name", StringValue));

    public static readonly Section Secret = new("secret",
        new("driver", StringValue, Support.Swarm),
        new("driver_opts", Options, Support.Swarm),
        new("environment", StringValue, Support.Client),
        new("external", External, Support.Swarm),
        new("file", PathValue, Support.Client),
        new("labels", DistinctPairs, Support.Swarm),
        new("name", StringValue, Support.Client),
        new("template_driver", StringValue, Support.Swarm));

    public static readonly Section Config = new("config",
        new("content", StringValue, Support.Client),
        new("environment", StringValue, Support.Client),
        new("external", External, Support.Swarm),
        new("file", PathValue, Support.Client),
        new("labels", DistinctPairs, Support.Swarm),
        new("name", StringValue, Support.Client),
        new("template_driver", StringValue, Support.Swarm));

    public static readonly Section Model = new("model",
        new("context_size", Integer, Support.NotYet),
        new("model", StringValue, Support.NotYet) { Required = true },
        new("name", StringValue, Support.NotYet),
        new("runtime_flags", Strings, Support.NotYet));
}
