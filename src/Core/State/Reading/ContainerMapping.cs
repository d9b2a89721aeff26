using System.Globalization;
using Compose.Engine.Api;
using Compose.Engine.Dto;

namespace Compose.State.Reading;

/// <summary>
/// Converts records of the engine's container list. Health and exit code are parsed from the status text, because no engine
/// version has them as fields.
/// </summary>
internal static class ContainerMapping
{
    public static ObservedContainer Observe(ContainerSummary summary)
    {
        var labels = summary.Labels ?? new Dictionary<string, string>();
        return new ObservedContainer
        {
            Id = summary.Id,
            Name = Name(summary),
            Service = Value(labels, ComposeLabels.Service),
            Number = Number(labels),
            OneOff = Value(labels, ComposeLabels.OneOff) == "True",
            Hook = labels.ContainsKey(ComposeLabels.Hook),
            Keeper = labels.ContainsKey(ComposeLabels.Keeper),
            State = summary.State,
            Health = Health(summary.Status),
            ExitCode = ExitCode(summary),
            Image = summary.Image,
            ImageId = summary.ImageID,
            ImageManifest = summary.ImageManifestDescriptor?.Digest ?? "",
            NetworkMode = summary.HostConfig?.NetworkMode ?? "",
            Created = UnixTime.FromSeconds(summary.Created),
            Labels = labels,
            Networks = (summary.NetworkSettings?.Networks ?? new Dictionary<string, EndpointSettings>())
                .ToDictionary(pair => pair.Key, pair => pair.Value.NetworkID ?? ""),
            Mounts = [
                .. (summary.Mounts ?? [])
                .Select(mount => new ObservedMount(mount.Type, mount.Name, mount.Source, mount.Destination))],
            Ports = Ports(summary),
        };
    }

    public static ComposeContainer Result(ContainerSummary summary, string engineHost)
    {
        var labels = summary.Labels ?? new Dictionary<string, string>();
        var oneOff = Value(labels, ComposeLabels.OneOff) == "True";
        return new ComposeContainer
        {
            EngineHost = engineHost,
            ProjectName = Value(labels, ComposeLabels.Project),
            Service = Value(labels, ComposeLabels.Service),
            Container = Name(summary),
            Replica = oneOff ? 0 : Number(labels),
            Id = summary.Id,
            Image = summary.Image,
            State = Capitalized(summary.State),
            Health = Health(summary.Status) is { Length: > 0 } health ? Capitalized(health) : "None",
            Status = summary.Status,
            ExitCode = ExitCode(summary),
            Command = summary.Command,
            Ports = Ports(summary),
            Created = UnixTime.FromSeconds(summary.Created),
            OneOff = oneOff,
        };
    }

    /// <summary>The health in a status text: <c>Up 5 minutes (health: starting)</c> is starting.</summary>
    public static string Health(string status) =>
        status.EndsWith("(healthy)", StringComparison.Ordinal) ? "healthy"
        : status.EndsWith("(unhealthy)", StringComparison.Ordinal) ? "unhealthy"
        : status.EndsWith("(health: starting)", StringComparison.Ordinal) ? "starting"
        : "";

    public static string Capitalized(string word) =>
        word.Length == 0 ? word : char.ToUpperInvariant(word[0]) + word.Substring(1);

    /// <summary>The first twelve digits of an id, as docker shows it.</summary>
    public static string ShortId(string id) => id.Length > 12 ? id.Substring(0, 12) : id;

    private static int? ExitCode(ContainerSummary summary)
    {
        if (summary.State is not ("exited" or "dead"))
            return null;
        var open = summary.Status.IndexOf('(');
        var close = summary.Status.IndexOf(')');
        return open >= 0 && close > open
            && int.TryParse(
                summary.Status.Substring(open + 1, close - open - 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture,
                out var code)
            ? code
            : null;
    }

    /// <summary>The container's own name, <c>/name</c>. Links add names such as <c>/other/alias</c>.</summary>
    private static string Name(ContainerSummary summary) =>
        summary.Names.Select(name => name.TrimStart('/')).FirstOrDefault(name => name.IndexOf('/') < 0) ?? ShortId(summary.Id);

    private static IReadOnlyList<PublishedPort> Ports(ContainerSummary summary) =>
    [
        .. (summary.Ports ?? [])
            .Select(port => new PublishedPort(port.IP, port.PublicPort, port.PrivatePort, port.Type))
            .Distinct()
            .OrderBy(port => port.ContainerPort).ThenBy(port => port.Protocol, StringComparer.Ordinal)
            .ThenBy(port => port.HostPort).ThenBy(port => port.HostIP, StringComparer.Ordinal),
    ];

    private static int Number(IReadOnlyDictionary<string, string> labels) =>
        int.TryParse(
            Value(labels, ComposeLabels.ContainerNumber), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : 0;

    private static string Value(IReadOnlyDictionary<string, string> labels, string name) =>
        labels.TryGetValue(name, out var value) ? value : "";
}
