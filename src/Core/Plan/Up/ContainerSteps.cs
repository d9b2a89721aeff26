using Compose.Model;
using Compose.Plan.Compare;
using Compose.Plan.Building;
using Compose.Plan.Prepare;
using Compose.Plan.Replicas;
using Compose.Plan.Requests;

namespace Compose.Plan.Up;

/// <summary>Makes the steps that create and start containers of a service. It does not add them to the plan.</summary>
internal sealed class ContainerSteps(UpScope scope, UpDecisions decisions)
{
    private readonly Dictionary<string, IReadOnlyList<string>> _links = new(StringComparer.Ordinal);

    public CreateContainer Create(ServiceDefinition service, ReplicaDecision decision, string name, ContainerSource source) =>
        new()
    {
        Target = scope.TargetOf(service, decision.Number),
        Cause = decision.Cause,
        Changes = decision.Changes,
        Conditional = decision.Conditional,
        Container = name,
        Service = service.Name,
        Replica = decision.Number,
        Blueprint = source,
    };

    /// <summary>The start of a container; without a definition, of one whose service the files do not have.</summary>
    public StartContainer Start(
        ContainerReference reference, string service, int number, ServiceDefinition? definition, string cause) =>
        new()
    {
        Target = definition is null ? Targets.Replica(service, number) : scope.TargetOf(definition, number),
        Cause = cause,
        OneOff = definition is not null && scope.IsOneOff(definition),
        Container = TemporaryContainers.FinalName(reference.Name),
        Service = service,
        Reference = reference,
        PortPicking = definition?.Ports.Any(port => port.Published?.IndexOf('-') >= 0) == true
            ? PortPicking.FromRange
            : PortPicking.None,
        Files = definition is null ? [] : SecretFiles.Injected(scope.Context.Project, definition),
    };

    /// <summary>What a container is created from, except the containers whose namespaces and volumes it shares.</summary>
    public ContainerSource Source(ServiceDefinition service, ReplicaDecision decision, string finalName)
    {
        var context = scope.Context;
        var image = context.Project.ImageOf(service);
        return new ContainerSource
        {
            Project = context.Project,
            Service = service,
            Number = decision.Number,
            FinalName = finalName,
            Image = image,
            ImageId = ImageContent.Label(context, image, service.Platform),
            ImageMounts = ImageMountRewrite.Digests(context, service),
            ApiMinor = context.State.ApiMinor,
            Hashes = context.Hashes,
            Release = context.Release,
            Proxies = context.Proxies,
            Links = Links(service),
            OneOff = scope.IsOneOff(service) ? context.Options.OneOff : null,
            Replaces = decision.Existing is null
                ? null
                : service.ContainerName ?? $"{service.Name}{context.Project.Separator}{decision.Number}",
            InheritedVolumes = decision.Predecessor is { } old && !context.Options.RenewAnonymousVolumes
                ? AnonymousVolumes.Of(context, service, old)
                : new Dictionary<string, string>(),
        };
    }

    /// <summary>
    /// The links of a service in the engine's form. All its replicas have the same ones, and there are some for each replica
    /// of a linked service, so they are made once.
    /// </summary>
    private IReadOnlyList<string> Links(ServiceDefinition service)
    {
        if (_links.TryGetValue(service.Name, out var known))
            return known;
        var links = new List<string>();
        foreach (var link in service.Links)
        {
            var (name, alias) = EndpointTranslation.Link(link);
            foreach (var final in FinalNames(name))
            {
                links.Add($"{final}:{alias}");
                links.Add($"{final}:{final}");
                var prefix = scope.Context.Project.NameOf("");
                if (final.StartsWith(prefix, StringComparison.Ordinal))
                    links.Add($"{final}:{final.Substring(prefix.Length)}");
            }
        }

        return _links[service.Name] = links;
    }

    /// <summary>The names of a service's containers once the plan is done. The service need not be part of the run.</summary>
    private IEnumerable<string> FinalNames(string service) => decisions.Replicas.TryGetValue(service, out var replicas)
        ? replicas.Where(decision => decision.Fate != Fate.Remove).Select(decision => FinalName(service, decision))
        : scope.Context.State.Replicas(service).Select(container => TemporaryContainers.FinalName(container.Name));

    private string FinalName(string service, ReplicaDecision decision) => decision is { Fate: Fate.Keep, Misnamed: false }
        ? decision.Existing!.Name
        : scope.FinalName(scope.Context.Project.Services[service], decision.Number);
}
