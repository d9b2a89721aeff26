using static Compose.Files.Schema.Shapes;

namespace Compose.Files.Schema;

/// <summary>How an image is built.</summary>
internal static class BuildSection
{
    public static readonly Section Build = new("build",
        new("additional_contexts", new PairsShape { NeedsValue = true }, Support.NotYet),
        new("args", Variables, Support.Client),
        new("cache_from", Strings),
        new("cache_to", Strings, Support.NotYet),
        new("context", StringValue, Support.Client),
        new("dockerfile", StringValue, Support.Client),
        new("dockerfile_inline", StringValue, Support.Client),
        new("entitlements", Strings, Support.NotYet) { Merge = MergeRule.AppendUnique },
        new("extra_hosts", Hosts) { Merge = MergeRule.AppendUnique },
        new("isolation", StringValue),
        new("labels", Pairs),
        new("network", StringValue),
        new("no_cache", BooleanValue),
        new("no_cache_filter", StringOrList, Support.NotYet) { Distinct = true },
        new("platforms", Strings, Support.NotYet),
        new("privileged", BooleanValue, Support.NotYet),
        new("provenance", Text, Support.NotYet),
        new("pull", BooleanValue),
        new("sbom", Text, Support.NotYet),
        new("secrets", FileObjects, Support.NotYet),
        new("shm_size", new ScalarShape(ScalarKind.Bytes) { As = Written.String | Written.Integer }),
        new("ssh", DistinctVariables, Support.NotYet),
        new("tags", Strings) { Merge = MergeRule.AppendUnique },
        new("target", StringValue),
        new("ulimits", Ulimits));
}
