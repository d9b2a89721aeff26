using Compose.Model;
using Compose.Plan.Building;
using Compose.Plan.Compare;
using Compose.Plan.Prepare;
using Compose.Plan.Replicas;
using Compose.Plan.Requests;

namespace Compose.Plan.Up;

internal sealed partial class ConvergeRun
{
    private readonly Dictionary<string, IReadOnlyList<string>> _links = new(StringComparer.Ordinal);

    private CreateContainer CreateStep(ServiceDefinition service, ReplicaDecision decision, string name, string finalName) =>
        new()
    {
        Target = TargetOf(service, decision.Number),
        Cause = decision.Cause,
        Changes = decision.Changes,
        Conditional = decision.Conditional,
        Container = name,
        Service = service.Name,
        Replica = decision.Number,
        Source = Source(service, decision, finalName),
        NameHolder = NameHolder(finalName),
    };

    private ContainerSource Source(ServiceDefinition service, ReplicaDecision decision, string finalName)
    {
        var image = context.Project.ImageOf(service);
        return new ContainerSource
        {
            Project = context.Project,
            Service = service,
            Number = decision.Number,
            FinalName = finalName,
            Image = image,
            ImageId = ImageContent.Label(context, image, service.Platform),
            ImageMounts = ImageMounts.Digests(context, service),
            ApiMinor = context.State.ApiMinor,
            Hashes = context.Hashes,
            Release = context.Release,
            Proxies = context.Proxies,
            Parents = Parents(service),
            Links = Links(service),
            OneOff = IsOneOff(service) ? context.Options.OneOff : null,
            Replaces = decision.Existing is null
                ? null
                : service.ContainerName ?? $"{service.Name}{context.Project.Separator}{decision.Number}",
            InheritedVolumes = decision.Predecessor is { } old && !context.Options.RenewAnonymousVolumes
                ? AnonymousVolumes.Of(context, service, old)
                : new Dictionary<string, string>(),
        };
    }

    private string TargetOf(ServiceDefinition service, int number) =>
        IsOneOff(service) ? "container:" + FinalName(service, number) : Targets.Replica(service.Name, number);

    private string FinalName(ServiceDefinition service, int number) =>
        service.ContainerName ?? Targets.ContainerName(context.Project.Name, service.Name, number, context.Project.Separator);

    /// <summary>The same for each replica, and as many as the replicas it is linked to.</summary>
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
                var prefix = context.Project.NameOf("");
                if (final.StartsWith(prefix, StringComparison.Ordinal))
                    links.Add($"{final}:{final.Substring(prefix.Length)}");
            }
        }

        return _links[service.Name] = links;
    }

    /// <summary>What the containers of a service are called in the end, of one that is left out of this run too.</summary>
    private IEnumerable<string> FinalNames(string service) => _decisions.TryGetValue(service, out var decisions)
        ? decisions.Where(decision => decision.Fate != Fate.Remove)
            .Select(decision =>
                decision is { Fate: Fate.Keep, Misnamed: false }
                    ? decision.Existing!.Name
                    : FinalName(context.Project.Services[service], decision.Number))
        : context.State.Replicas(service).Select(container => Leftovers.WithoutTemporary(container.Name));
}
