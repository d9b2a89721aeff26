using Compose.Engine.Dto;
using Compose.Model;

namespace Compose.Plan.Compare;

/// <summary>
/// Compares a container's endpoints with those in the file. Addresses that the engine chose are ignored.
/// </summary>
internal static class EndpointComparer
{
    /// <param name="project">The project, for the keys of its networks.</param>
    /// <param name="actual">The inspected container.</param>
    /// <param name="wanted">The endpoints of a new container, by network name.</param>
    public static IEnumerable<FieldChange> Compare(
        ComposeProject project, ContainerInspect actual, IReadOnlyDictionary<string, EndpointSettings> wanted)
    {
        var joined = actual.NetworkSettings?.Networks ?? new Dictionary<string, EndpointSettings>();
        foreach (var name in joined.Keys.Except(wanted.Keys).OrderBy(name => name, StringComparer.Ordinal))
            yield return new FieldChange("networks." + Key(project, name), "joined", null);
        foreach (var pair in wanted.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            if (!joined.TryGetValue(pair.Key, out var have))
                continue;
            foreach (var change in Settings(actual, have, pair.Value))
                yield return change with { Field = $"networks.{Key(project, pair.Key)}.{change.Field}" };
        }
    }

    /// <summary>The network's key in the file; its name if the file does not have it.</summary>
    private static string Key(ComposeProject project, string name) =>
        project.Networks.Values.FirstOrDefault(network => network.Name == name)?.Key ?? name;

    private static IEnumerable<FieldChange> Settings(ContainerInspect actual, EndpointSettings have, EndpointSettings want)
    {
        // The engine adds the container's short id and its name itself.
        string[] own = [actual.Id.Substring(0, Math.Min(12, actual.Id.Length)), actual.Name.TrimStart('/')];
        (string Field, string Old, string New)[] fields =
        [
            ("aliases", Set((have.Aliases ?? []).Except(own)), Set((want.Aliases ?? []).Except(own))),
            ("ipv4_address", have.IPAMConfig?.IPv4Address ?? "", want.IPAMConfig?.IPv4Address ?? ""),
            ("ipv6_address", have.IPAMConfig?.IPv6Address ?? "", want.IPAMConfig?.IPv6Address ?? ""),
            ("link_local_ips", Set(have.IPAMConfig?.LinkLocalIPs ?? []), Set(want.IPAMConfig?.LinkLocalIPs ?? [])),
            ("driver_opts", Set(have.DriverOpts), Set(want.DriverOpts)),
            ("gw_priority", Priority(have, have), Priority(have, want)),
            ("mac_address", want.MacAddress is null ? "" : have.MacAddress ?? "", want.MacAddress ?? ""),
        ];
        return fields.Where(field => !string.Equals(field.Old, field.New, StringComparison.OrdinalIgnoreCase))
            .Select(field =>
                new FieldChange(field.Field, field.Old.Length == 0 ? null : field.Old, field.New.Length == 0 ? null : field.New));
    }

    /// <summary>An older engine has no priorities and reports none.</summary>
    private static string Priority(EndpointSettings told, EndpointSettings settings) =>
        told.GwPriority is null || settings.GwPriority is null or 0 ? "" : FormattableString.Invariant($"{settings.GwPriority}");

    private static string Set(IEnumerable<string> values) =>
        string.Join(", ", values.Distinct().OrderBy(value => value, StringComparer.Ordinal));

    private static string Set(IReadOnlyDictionary<string, string>? options) =>
        options is null ? "" : Set(options.Select(pair => $"{pair.Key}={pair.Value}"));
}
