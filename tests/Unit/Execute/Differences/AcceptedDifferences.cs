using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Compose.Tests.Execute.Differences;

/// <summary>The fields that may differ from docker compose 2.40.3, and why; docs/differences.md has the same list.</summary>
internal static partial class AcceptedDifferences
{
    private static readonly Rule[] Rules =
    [
        new(
            "containers/*/Config/Labels/com.docker.compose.config-hash",
            "it covers the ids of other containers and the project's name; that the rules agree shows in the plan over theirs"),
        new(
            "containers/*/Config/Labels/com.docker.compose.depends_on",
            "docker compose lists dependencies in no particular order", SameParts),
        new("networks/*/Labels/com.docker.compose.config-hash", "it covers the project's name"),
        new("volumes/*/Labels/com.docker.compose.config-hash", "it covers the project's name"),
        new(
            "containers/*/HostConfig/CapAdd",
            "docker compose spells capabilities with CAP_ and sorts them, we keep the file's list", SameCapabilities),
        new(
            "containers/*/HostConfig/CapDrop",
            "docker compose spells capabilities with CAP_ and sorts them, we keep the file's list", SameCapabilities),
        new(
            "containers/*/NetworkSettings/Networks/*/IPAddress",
            "docker compose sends a static address twice; the engine fills this field at the start",
            difference => difference.Ours == "\"\""),
        new(
            "containers/*/NetworkSettings/Networks/*/IPv6Gateway",
            "docker compose sends a static address twice; the engine fills this field at the start",
            difference => difference.Ours == "\"\""),
        new("containers/*/HostConfig/Binds", "a file with an owner or mode is copied, not mounted", LacksCopiedFilesOnly),
        new("containers/*/Mounts", "a file with an owner or mode is copied, not mounted", LacksCopiedFilesOnly),
        new(
            "containers/*/HostConfig/VolumesFrom", "docker compose loses the mode of another service's volumes",
            difference => difference.Ours?.Replace(":ro", "", StringComparison.Ordinal) == difference.Theirs),
        new(
            "containers/*/Config/MacAddress", "2.26.1 and older lose the address on a network without settings",
            difference => difference.Theirs is null),
        new(
            "containers/*/NetworkSettings/Networks/*/MacAddress",
            "2.26.1 and older lose the address on a network without settings", difference => difference.Theirs == "\"\""),
        new(
            "containers/*/NetworkSettings/Networks/*/DriverOpts/*", "2.26.1 and older send no options of an endpoint",
            difference => difference.Theirs is null),
        new(
            "recreate/*/volumes", "a file with an owner or mode is copied, not mounted",
            difference => difference.Theirs?.Contains("/copied", StringComparison.Ordinal) == true),
        new(
            "recreate/*/volumes_from", "docker compose loses the mode of another service's volumes",
            difference => difference.Ours?.Contains(":ro", StringComparison.Ordinal) == true),
        new(
            "recreate/*/*", "2.26.1 and older lose an endpoint's address and options",
            difference =>
                difference.Theirs is null
                    && (
                        difference.Path.EndsWith(".driver_opts", StringComparison.Ordinal)
                            || difference.Path.EndsWith("mac_address", StringComparison.Ordinal))),
        new(
            "containers/*/HostConfig/MemorySwappiness",
            "docker compose leaves out a swappiness of zero, which turns swapping off", difference => difference.Ours == "0"),
        new(
            "recreate/*/mem_swappiness", "docker compose leaves out a swappiness of zero, which turns swapping off",
            difference => difference.Ours == "0"),
        new("recreate/*/blkio_config.weight", "an engine without the means discards it", difference => difference.Theirs is null),
        new(
            "recreate/*/blkio_config.weight_device", "an engine without the means discards it",
            difference => difference.Theirs is null),
        new("recreate/*/cpu_percent", "an engine without the means discards it", difference => difference.Theirs is null),
        new(
            "networks/*/IPAM/Config", "the engine picks the next free pool",
            difference => Picked().IsMatch(difference.Ours ?? "") && Picked().IsMatch(difference.Theirs ?? "")),
    ];

    public static bool Accepts(FieldDifference difference) =>
        Rules.Any(rule => InspectForm.Matches(difference.Path, rule.Pattern) && rule.Where?.Invoke(difference) != false);

    private static bool SameParts(FieldDifference difference) =>
        difference is { Ours: { } ours, Theirs: { } theirs }
            && ours.Trim('"')
                .Split(',')
                .Order(StringComparer.Ordinal)
                .SequenceEqual(theirs.Trim('"').Split(',').Order(StringComparer.Ordinal));

    private static bool SameCapabilities(FieldDifference difference)
    {
        return Names(difference.Ours).SetEquals(Names(difference.Theirs));

        static HashSet<string> Names(string? list) =>
            [.. Items(list).Select(item => item.Replace("CAP_", "", StringComparison.Ordinal))];
    }

    /// <summary>Our test case calls such files <c>copied</c>.</summary>
    private static bool LacksCopiedFilesOnly(FieldDifference difference)
    {
        var (ours, theirs) = (Items(difference.Ours), Items(difference.Theirs));
        return !ours.Except(theirs).Any() && theirs.Except(ours).All(item => item.Contains("/copied", StringComparison.Ordinal));
    }

    private static IReadOnlyList<string> Items(string? list) =>
        list is null ? [] : [.. JsonNode.Parse(list)!.AsArray().Select(item => item!.ToJsonString())];

    /// <param name="Pattern">The field.</param>
    /// <param name="Reason">Why it may differ.</param>
    /// <param name="Where">The values to which it applies; null for all.</param>
    private sealed record Rule(string Pattern, string Reason, Func<FieldDifference, bool>? Where = null);

    [GeneratedRegex("""^\[\{"Subnet":"(172\.\d+\.0\.0/16|192\.168\.\d+\.0/20)","Gateway":"[^"]*"\}\]$""")]
    private static partial Regex Picked();
}
