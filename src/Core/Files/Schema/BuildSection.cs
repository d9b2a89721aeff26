using static Compose.Files.Schema.Shapes;

namespace Compose.Files.Schema;

/// <summary>The attributes of <c>build</c>.</summary>
internal static class BuildSection
{
    public static readonly Section Build = new("build",
        new("additional_contexts", new PairsShape { NeedsValue = true }, Support.Client),
        new("args", Variables, Support.Client),
        new("cache_from", Strings),
        new("cache_to", Strings, Support.Client),
        new("context", StringValue, Support.Client),
        new("dockerfile", StringValue, Support.Client),
        new("dockerfile_inline", StringValue, Support.Client),
        new("entitlements", Strings, Support.Client) { Merge = MergeRule.AppendUnique },
        new("extra_hosts", Hosts) { Merge = MergeRule.AppendUnique, Distinct = true },
        new("isolation", StringValue),
        new("labels", Pairs),
        new("network", StringValue),
        new("no_cache", BooleanValue),
        new("no_cache_filter", StringOrList, Support.Client) { Distinct = true },
        new("platforms", Strings, Support.Client),
        new("privileged", BooleanValue, Support.Client),
        new("provenance", Text, Support.Client),
        new("pull", BooleanValue),
        new("sbom", Text, Support.Client),
        new("secrets", FileObjects, Support.Client),
        new("shm_size", new ScalarShape(ScalarKind.Bytes) { Types = YamlTypes.String | YamlTypes.Integer }),
        new("ssh", DistinctVariables, Support.Client),
        new("tags", Strings) { Merge = MergeRule.AppendUnique },
        new("target", StringValue),
        new("ulimits", Ulimits));
}
