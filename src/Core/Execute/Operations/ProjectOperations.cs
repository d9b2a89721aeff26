using Compose.Engine.Api;
using Compose.Errors;
using Compose.Execute.Session;
using Compose.Model;
using Compose.Model.Naming;
using Compose.Plan.Input;
using Compose.Plan.Replicas;
using Compose.State;
using Compose.State.Reading;

namespace Compose.Execute.Operations;

/// <summary>Lists projects and their services.</summary>
internal sealed class ProjectOperations(ProjectSession session)
{
    /// <summary>The projects that have containers.</summary>
    /// <param name="all">Whether to include projects without a running container.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public async Task<IReadOnlyList<ComposeProjectInfo>> ListAsync(bool all, CancellationToken cancellationToken)
    {
        var projects = ResultReader.Projects(
            await session.Reader.ListAsync(null, true, cancellationToken).ConfigureAwait(false), session.EngineHost);
        return all ? projects : [.. projects.Where(project => project.Running > 0)];
    }

    /// <summary>The projects that some texts may name. The engine is asked only if a text is a pattern.</summary>
    /// <param name="texts">Names and patterns.</param>
    /// <param name="leftovers">Whether to include projects that have nothing left but networks and volumes.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public async Task<KnownProjects> FindAsync(IEnumerable<string> texts, bool leftovers, CancellationToken cancellationToken)
    {
        if (!texts.Any(KnownProjects.NeedsLookup))
            return new KnownProjects([]);
        var (engine, filter) = (session.Engine, Filters.Label(ComposeLabels.Project));
        var containers = session.Reader.ListAsync(null, true, cancellationToken);
        var networks = leftovers ? await engine.Networks.ListAsync(filter, cancellationToken).ConfigureAwait(false) : [];
        var volumes = leftovers ? await engine.Volumes.ListAsync(filter, cancellationToken).ConfigureAwait(false) : [];
        var labels = (await containers.ConfigureAwait(false)).Select(container => container.Labels)
            .Concat(networks.Select(network => network.Labels)).Concat(volumes.Select(volume => volume.Labels));
        var names = labels.Select(found =>
            found is not null && found.TryGetValue(ComposeLabels.Project, out var name) ? name : "");
        return new KnownProjects(
            [.. names.Where(name => name.Length > 0).Distinct().OrderBy(name => name, StringComparer.Ordinal)]);
    }

    /// <summary>The name of a project that has a container, network or volume; an error if it has none of them.</summary>
    /// <exception cref="ComposeException">ProjectNotFound.</exception>
    public async Task<string> RequireAsync(string projectName, CancellationToken cancellationToken)
    {
        var (engine, filter) = (session.Engine, Filters.Label(ComposeLabels.Of(ComposeLabels.Project, projectName)));
        var exists = (await session.Containers.OfProjectAsync(projectName, cancellationToken).ConfigureAwait(false)).Count > 0
            || (await engine.Networks.ListAsync(filter, cancellationToken).ConfigureAwait(false)).Count > 0
            || (await engine.Volumes.ListAsync(filter, cancellationToken).ConfigureAwait(false)).Count > 0;
        return exists ? projectName : throw new ComposeException(StateErrors.NoProject(session.EngineHost, projectName));
    }

    /// <summary>
    /// The services of a project. With its files, also the services that have no container, the number of replicas wanted, and
    /// whether the service has drifted.
    /// </summary>
    public async Task<IReadOnlyList<ComposeService>> ServicesAsync(
        string projectName, ComposeProject? project, CancellationToken cancellationToken)
    {
        var observed = project is null ? null : await session.ObserveAsync(project, cancellationToken).ConfigureAwait(false);
        var state = observed?.State
            ?? await session.Reader.ObserveContainersAsync(projectName, cancellationToken).ConfigureAwait(false);
        if (project is null && state.Containers.Count == 0)
            throw new ComposeException(StateErrors.NoProject(session.EngineHost, projectName));
        var names = state.Containers.Where(container => container.IsReplica).Select(container => container.Service)
            .Concat(project?.Services.Keys ?? []).Distinct().OrderBy(name => name, StringComparer.Ordinal);
        var context = observed?.Context();
        return [.. names.Select(name => Service(state, context, name))];
    }

    private ComposeService Service(ObservedState state, PlanContext? context, string name)
    {
        var service = ResultReader.Service(session.EngineHost, state.ProjectName, name, state.Replicas(name));
        if (context is null || !context.Project.Services.TryGetValue(name, out var definition))
            return service;
        return service with
        {
            Desired = definition.Replicas,
            Image = service.Image.Length > 0 ? service.Image : context.Project.ImageOf(definition),
            Drifted = definition.HasMissingFiles ? null : ReplicaRules.Drifted(context, definition),
        };
    }
}

/// <summary>The projects an engine has, by name.</summary>
internal sealed record KnownProjects(IReadOnlyList<string> Known)
{
    /// <summary>The projects a text names: all that match a pattern, or the name itself even if no project has it.</summary>
    public IReadOnlyList<string> Of(string text) =>
        NamePattern.Matches(text, Known) is { Count: > 0 } found ? found : NamePattern.IsPattern(text) ? [] : [text];

    /// <summary>Project names have no capitals, so a text with capitals can name a project only if case is ignored.</summary>
    public static bool NeedsLookup(string text) => NamePattern.IsPattern(text) || text.Any(char.IsUpper);
}
