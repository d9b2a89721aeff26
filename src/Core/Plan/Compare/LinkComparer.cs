using Compose.Engine.Dto;
using Compose.Model;
using Compose.Plan.Input;
using Compose.Plan.Requests;

namespace Compose.Plan.Compare;

/// <summary>
/// Compares the aliases of a container's links with those in the file. The names of the linked containers are ignored, because
/// they change with the scale of the linked service.
/// </summary>
internal static class LinkComparer
{
    /// <param name="context">The inputs of the plan.</param>
    /// <param name="service">The container's service.</param>
    /// <param name="actual">The inspected container.</param>
    public static FieldChange? Compare(PlanContext context, ServiceDefinition service, ContainerInspect actual)
    {
        // On the default bridge the engine returns links in another form; without a replica there is no link.
        if (service.NetworkMode is not null || actual.NetworkSettings?.Networks is not { Count: > 0 } networks)
            return null;
        var have = Text(networks.Values.SelectMany(endpoint => endpoint.Links ?? []).Select(EndpointTranslation.Link)
            .Where(link => link.Alias != link.Service && link.Alias != WithoutProject(context, link.Service))
            .Select(link => link.Alias));
        var want = Text(
            service.Links.Select(EndpointTranslation.Link).Where(link => context.State.Replicas(link.Service).Count > 0)
            .Concat(service.ExternalLinks.Select(EndpointTranslation.Link).Where(link => link.Alias != link.Service))
            .Select(link => link.Alias));
        return have == want ? null : new FieldChange("links", have.Length == 0 ? null : have, want.Length == 0 ? null : want);
    }

    private static string WithoutProject(PlanContext context, string container)
    {
        var prefix = context.Project.NameOf("");
        return container.StartsWith(prefix, StringComparison.Ordinal) ? container.Substring(prefix.Length) : container;
    }

    private static string Text(IEnumerable<string> aliases) =>
        string.Join(", ", aliases.Distinct().OrderBy(alias => alias, StringComparer.Ordinal));
}
