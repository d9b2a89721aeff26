using Compose.Model.Naming;
using Compose.State;

namespace Compose.Execute.Session;

internal sealed partial class ProjectSession
{
    /// <summary>The projects that some texts may name. The engine is asked only where a text is a pattern.</summary>
    /// <param name="texts">Names and patterns.</param>
    /// <param name="leftovers">Whether a project counts that has nothing left but networks and volumes.</param>
    /// <param name="cancellationToken">Ends the asking.</param>
    public async Task<KnownProjects> FindProjectsAsync(
        IEnumerable<string> texts, bool leftovers, CancellationToken cancellationToken)
    {
        if (!texts.Any(KnownProjects.NeedsLookup))
            return new KnownProjects([]);
        var filter = Compose.Engine.Api.Filters.Label(ComposeLabels.Project);
        var containers = _reader.ListAsync(null, true, cancellationToken);
        var networks = leftovers ? await Engine.Networks.ListAsync(filter, cancellationToken).ConfigureAwait(false) : [];
        var volumes = leftovers ? await Engine.Volumes.ListAsync(filter, cancellationToken).ConfigureAwait(false) : [];
        var labels = (await containers.ConfigureAwait(false)).Select(container => container.Labels)
            .Concat(networks.Select(network => network.Labels)).Concat(volumes.Select(volume => volume.Labels));
        var names = labels.Select(found =>
            found is not null && found.TryGetValue(ComposeLabels.Project, out var name) ? name : "");
        return new KnownProjects(
            [.. names.Where(name => name.Length > 0).Distinct().OrderBy(name => name, StringComparer.Ordinal)]);
    }
}

/// <summary>The projects an engine has, by name.</summary>
internal sealed record KnownProjects(IReadOnlyList<string> Known)
{
    /// <summary>The projects a text means: a pattern those it matches, a name itself, whether it is there or not.</summary>
    public IReadOnlyList<string> Of(string text) =>
        NamePattern.Meant(text, Known) is { Count: > 0 } found ? found : NamePattern.IsPattern(text) ? [] : [text];

    /// <summary>A project's name has no capitals, so a text with some is the name only if case does not count.</summary>
    public static bool NeedsLookup(string text) => NamePattern.IsPattern(text) || text.Any(char.IsUpper);
}
