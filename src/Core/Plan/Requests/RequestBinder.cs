using Compose.Engine.Dto;
using Compose.Model;
using Compose.Plan.Prepare;

namespace Compose.Plan.Requests;

/// <summary>The ids of the containers created so far, by the step that created them.</summary>
internal sealed record BindingResults(IReadOnlyDictionary<int, string> Containers)
{
    public string Id(ContainerReference reference) => reference.Id ?? Containers[reference.CreatedBy!.Value];
}

/// <summary>
/// Makes the request that creates a container. It refers to other containers by id, so it can be made only once they exist.
/// </summary>
internal static class RequestBinder
{
    public static CreateContainerRequest Bind(ContainerBlueprint blueprint, BindingResults results) =>
        blueprint is ReadyRequest ready ? ready.Request : Bind((ContainerSource)blueprint, results);

    private static CreateContainerRequest Bind(ContainerSource source, BindingResults results)
    {
        var service = ServiceReferences.Resolve(
            source.Service, source.Parents.ToDictionary(pair => pair.Key, pair => results.Id(pair.Value)));
        var first = Networks(source)
            .Take(EngineFeatures.ConnectsAllNetworksAtCreate(source.ApiMinor) ? int.MaxValue : 1)
            .ToList();
        return new CreateContainerRequest
        {
            Image = source.Image,
            Cmd = service.Command,
            Entrypoint = service.Entrypoint,
            Env = Environment(source, service),
            Labels = LabelTranslation.Labels(source, service),
            Hostname = service.Hostname,
            Domainname = service.DomainName,
            User = service.User,
            WorkingDir = service.WorkingDir,
            MacAddress = EngineFeatures.HasMacPerEndpoint(source.ApiMinor) ? null : service.MacAddress ?? FirstMac(service),
            StopSignal = service.StopSignal,
            StopTimeout = service.StopGracePeriod is { } grace ? (int)Math.Min(int.MaxValue, grace.TotalSeconds) : null,
            Tty = service.Tty ? true : null,
            OpenStdin = service.StdinOpen ? true : null,
            AttachStdin = source.OneOff is { TakesInput: true } ? true : null,
            StdinOnce = source.OneOff is { TakesInput: true } ? true : null,
            AttachStdout = true,
            AttachStderr = true,
            ExposedPorts = PortTranslation.Exposed(service),
            Healthcheck = HealthTranslation.Healthcheck(service.Healthcheck),
            HostConfig = HostTranslation.Host(source, service) with
            {
                AutoRemove = source.OneOff is { AutoRemove: true } ? true : null,
            },
            NetworkingConfig = first.Count == 0
                ? null
                : new NetworkingConfig { EndpointsConfig = first.ToDictionary(pair => pair.Network, pair => pair.Endpoint) },
        };
    }

    /// <summary>The MAC address in the network that is connected first.</summary>
    private static string? FirstMac(ServiceDefinition service) =>
        EndpointTranslation.Ordered(service).Select(key => service.Networks[key]?.MacAddress).FirstOrDefault();

    private static IReadOnlyList<string>? Environment(ContainerSource source, ServiceDefinition service)
    {
        var variables = source.Proxies.Where(proxy => !service.Environment.ContainsKey(proxy.Key))
            .Select(proxy => (proxy.Key, Value: (string?)proxy.Value))
            .Concat(service.Environment.Select(variable => (variable.Key, variable.Value)))
            .OrderBy(variable => variable.Key, StringComparer.Ordinal)
            .Select(variable => variable.Value is null ? variable.Key : $"{variable.Key}={variable.Value}")
            .ToList();
        return variables.Count == 0 ? null : variables;
    }

    /// <summary>The networks that a container on an older engine is connected to after it is created.</summary>
    public static IReadOnlyList<(string Network, EndpointSettings Endpoint)> Later(ContainerBlueprint blueprint) =>
        blueprint is ContainerSource source && !EngineFeatures.ConnectsAllNetworksAtCreate(source.ApiMinor)
            ? [.. Networks(source).Skip(1)]
            : [];

    /// <summary>The endpoints in all networks, whether connected at creation or later.</summary>
    public static IReadOnlyDictionary<string, EndpointSettings> Endpoints(ContainerSource source) =>
        Networks(source).ToDictionary(pair => pair.Network, pair => pair.Endpoint, StringComparer.Ordinal);

    private static IEnumerable<(string Network, EndpointSettings Endpoint)> Networks(ContainerSource source)
    {
        var links = source.Links.Concat(HostTranslation.ExternalLinks(source.Service)).ToList();
        var mac = EngineFeatures.HasMacPerEndpoint(source.ApiMinor) ? source.Service.MacAddress : null;
        if (mac is not null && source.Service.NetworkMode == "bridge")
            yield return ("bridge", new EndpointSettings { MacAddress = mac });
        foreach (var key in EndpointTranslation.Joined(source.Project, source.Service))
        {
            var endpoint = EndpointTranslation.Endpoint(source.Service, source.FinalName, key, links);
            if (source.OneOff is { UseAliases: false })
                endpoint = endpoint with { Aliases = [source.FinalName] };
            yield return (
                source.Project.Networks[key].Name,
                mac is null ? endpoint : endpoint with { MacAddress = endpoint.MacAddress ?? mac });
            mac = null;
        }
    }
}
