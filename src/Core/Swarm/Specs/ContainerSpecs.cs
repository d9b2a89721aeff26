using Compose.Engine.Dto;
using Compose.Model;
using Compose.Plan.Requests;

namespace Compose.Swarm.Specs;

/// <summary>Makes the container of a service's tasks.</summary>
internal sealed class ContainerSpecs(ComposeProject project, StackNames names, FileSpecs files, SpecFindings findings)
{
    private const string AllCapabilities = "ALL";
    private const string CapabilityPrefix = "CAP_";
    private const int OomScores = 46;

    public SwarmContainerSpec Make(ServiceDefinition service) => new()
    {
        Image = service.Image is { Length: > 0 } image ? ImageNames.Tagged(image) : null,
        Labels = names.Labels(service.Labels),
        Command = service.Entrypoint,
        Args = service.Command,
        Hostname = service.Hostname,
        Env = Environment(service),
        Dir = service.WorkingDir,
        User = service.User,
        Groups = List(service.GroupAdd),
        Privileges = PrivilegeSpecs.Make(service, files, findings),
        Init = service.Init,
        StopSignal = service.StopSignal,
        TTY = service.Tty ? true : null,
        OpenStdin = service.StdinOpen ? true : null,
        ReadOnly = service.ReadOnly ? true : null,
        Mounts = MountSpecs.Make(project, service, names, findings),
        StopGracePeriod = TaskSpecs.Nanoseconds(service.StopGracePeriod),
        Healthcheck = HealthTranslation.Healthcheck(service.Healthcheck),
        Hosts = service.ExtraHosts.Count == 0 ? null : [.. service.ExtraHosts.Select(Host)],
        DNSConfig = Dns(service),
        Secrets = files.SecretsOf(service),
        Configs = files.ConfigsOf(service),
        Isolation = service.Isolation,
        Sysctls = service.Sysctls.Count > 0 ? service.Sysctls : null,
        CapabilityAdd = List(Added(service)),
        CapabilityDrop = List(Dropped(service)),
        Ulimits = service.Ulimits.Count == 0
            ? null
            : [.. service.Ulimits.OrderBy(pair => pair.Key, StringComparer.Ordinal)
                .Select(pair => new SwarmUlimit { Name = pair.Key, Soft = pair.Value.Soft, Hard = pair.Value.Hard })],
        OomScoreAdj = service.OomScoreAdj is { } score and not 0
            && findings.Knows(OomScores, findings.Place(service, "oom_score_adj"), $"oom_score_adj of service '{service.Name}'")
            ? score
            : null,
    };

    /// <summary>Sorted; a variable without a value takes the image's away.</summary>
    private static IReadOnlyList<string>? Environment(ServiceDefinition service) => service.Environment.Count == 0
        ? null
        : [.. service.Environment.Select(pair => pair.Value is null ? pair.Key : $"{pair.Key}={pair.Value}")
            .OrderBy(text => text, StringComparer.Ordinal)];

    /// <summary><c>host:address</c> as a line of /etc/hosts: <c>address host</c>.</summary>
    private static string Host(string entry)
    {
        var parts = entry.Split([':'], 2);
        return parts.Length < 2 ? entry : $"{parts[1]} {parts[0]}";
    }

    private static SwarmDnsConfig? Dns(ServiceDefinition service) =>
        service.Dns.Count + service.DnsSearch.Count + service.DnsOptions.Count == 0
            ? null
            : new SwarmDnsConfig
            {
                Nameservers = List(service.Dns),
                Search = List(service.DnsSearch),
                Options = List(service.DnsOptions),
            };

    private static List<string> Added(ServiceDefinition service) => Capabilities(service.CapAdd);

    /// <summary>A capability that is both added and dropped is added.</summary>
    private static List<string> Dropped(ServiceDefinition service) => [.. Capabilities(service.CapDrop).Except(Added(service))];

    /// <summary>In the engine's spelling, sorted; ALL makes the others superfluous.</summary>
    private static List<string> Capabilities(IReadOnlyList<string> written)
    {
        var full = written.Select(name => name.Trim().ToUpperInvariant())
            .Select(name => name == AllCapabilities || name.StartsWith(CapabilityPrefix, StringComparison.Ordinal)
                ? name
                : CapabilityPrefix + name)
            .Distinct()
            .OrderBy(name => name, StringComparer.Ordinal)
            .ToList();
        return full.Contains(AllCapabilities) ? [AllCapabilities] : full;
    }

    private static IReadOnlyList<string>? List(IReadOnlyList<string> values) => values.Count == 0 ? null : values;
}
