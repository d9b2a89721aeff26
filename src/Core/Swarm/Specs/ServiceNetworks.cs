using Compose.Engine.Dto;
using Compose.Errors;
using Compose.Model;

namespace Compose.Swarm.Specs;

/// <summary>The networks of a service's tasks.</summary>
internal static class ServiceNetworks
{
    private const string Default = "default";

    /// <summary>The keys of the networks; a service that names none has the default network.</summary>
    public static IEnumerable<string> Keys(ComposeProject project, ServiceDefinition service) =>
        service.NetworkMode is { Length: > 0 } ? []
        : service.Networks.Count > 0 ? service.Networks.Keys.Where(project.Networks.ContainsKey)
        : project.Networks.ContainsKey(Default) ? [Default]
        : [];

    /// <summary>In the order of their names, as docker stack has them.</summary>
    public static IReadOnlyList<SwarmNetworkAttachment>? Make(
        ComposeProject project, ServiceDefinition service, StackNames names, SpecFindings findings)
    {
        if (service.NetworkMode is { Length: > 0 } mode)
            return OfMode(service, mode, findings);
        var networks = Keys(project, service)
            .Select(key => Attachment(project.Networks[key], service, names))
            .OrderBy(network => network.Name ?? network.Target, StringComparer.Ordinal)
            .ToList();
        return networks.Count == 0 ? null : networks;
    }

    private static IReadOnlyList<SwarmNetworkAttachment>? OfMode(ServiceDefinition service, string mode, SpecFindings findings)
    {
        if (StackSpecs.IsPredefined(mode))
            return [new SwarmNetworkAttachment { Target = mode }];
        findings.Refuse(
            SwarmErrors.NetworkMode, findings.Place(service, "network_mode"),
            $"service '{service.Name}' has the network_mode '{mode}'.", service.Name);
        return null;
    }

    private static SwarmNetworkAttachment Attachment(NetworkDefinition network, ServiceDefinition service, StackNames names)
    {
        var settings = service.Networks.TryGetValue(network.Key, out var given) ? given : null;
        var name = network.External ? network.Name : names.Of(network.Key, network.Name);
        return network.External && StackSpecs.IsPredefined(name)
            ? new SwarmNetworkAttachment { Target = name }
            : new SwarmNetworkAttachment
            {
                Name = name,
                Aliases = [.. settings?.Aliases ?? [], service.Name],
                DriverOpts = settings?.DriverOptions is { Count: > 0 } options ? options : null,
            };
    }
}
