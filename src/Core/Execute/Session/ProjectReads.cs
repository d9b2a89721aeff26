using Compose.Errors;
using Compose.Model;
using Compose.Plan;
using Compose.Plan.Input;
using Compose.Plan.Replicas;
using Compose.State;
using Compose.State.Choosing;
using Compose.State.Reading;

namespace Compose.Execute.Session;

internal sealed partial class ProjectSession
{
    /// <summary>The projects the engine has containers of.</summary>
    /// <param name="all">Whether projects without a running container count.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public async Task<IReadOnlyList<ComposeProjectInfo>> GetProjectsAsync(bool all, CancellationToken cancellationToken)
    {
        var projects = ResultReader.Projects(
            await _reader.ListAsync(null, true, cancellationToken).ConfigureAwait(false), EngineHost);
        return all ? projects : [.. projects.Where(project => project.Running > 0)];
    }

    /// <summary>Containers, by project, service and number.</summary>
    public async Task<IReadOnlyList<ComposeContainer>> GetContainersAsync(
        ContainerQuery query, CancellationToken cancellationToken)
    {
        var all = query.All || query.States.Count > 0;
        var summaries = await _reader.ListAsync(query.ProjectName, all, cancellationToken, query.Volume, query.Network)
            .ConfigureAwait(false);
        return
        [
            .. summaries.Select(summary => ContainerReading.Result(summary, EngineHost))
                .Where(container => query.Services.Count == 0 || query.Services.Contains(container.Service))
                .Where(container =>
                    query.States.Count == 0 || query.States.Contains(container.State, StringComparer.OrdinalIgnoreCase))
                .Where(container => query.OneOffs || !container.OneOff || query.All)
                .OrderBy(container => container.ProjectName, StringComparer.Ordinal)
                .ThenBy(container => container.Service, StringComparer.Ordinal)
                .ThenBy(container => container.Replica)
                .ThenBy(container => container.Container, StringComparer.Ordinal),
        ];
    }

    /// <summary>The containers a command on one service means, with one request.</summary>
    /// <exception cref="ComposeException">ProjectNotFound, ServiceNotFound, ServiceNotRunning or ReplicaNotFound.</exception>
    internal async Task<IReadOnlyList<ComposeContainer>> ChooseAsync(ReplicaChoice choice, CancellationToken cancellationToken) =>
        choice.All(await RequiredAsync(choice.ProjectName, cancellationToken).ConfigureAwait(false));

    /// <summary>All containers of a project that must have some.</summary>
    /// <exception cref="ComposeException">ProjectNotFound.</exception>
    public async Task<IReadOnlyList<ComposeContainer>> RequiredAsync(string projectName, CancellationToken cancellationToken)
    {
        var query = new ContainerQuery { ProjectName = projectName, All = true };
        var containers = await GetContainersAsync(query, cancellationToken).ConfigureAwait(false);
        return containers.Count > 0 ? containers : throw new ComposeException(StateErrors.NoProject(EngineHost, projectName));
    }

    /// <summary>The name of a project of which the engine has a container, or a network or volume that is left.</summary>
    /// <exception cref="ComposeException">ProjectNotFound.</exception>
    public async Task<string> RequireProjectAsync(string projectName, CancellationToken cancellationToken)
    {
        var query = new ContainerQuery { ProjectName = projectName, All = true };
        var filter = Compose.Engine.Api.Filters.Label(ComposeLabels.Of(ComposeLabels.Project, projectName));
        var isThere = (await GetContainersAsync(query, cancellationToken).ConfigureAwait(false)).Count > 0
            || (await Engine.Networks.ListAsync(filter, cancellationToken).ConfigureAwait(false)).Count > 0
            || (await Engine.Volumes.ListAsync(filter, cancellationToken).ConfigureAwait(false)).Count > 0;
        return isThere ? projectName : throw new ComposeException(StateErrors.NoProject(EngineHost, projectName));
    }

    /// <summary>
    /// The services of a project; with the files also those that have no container, what is desired and what drifted.
    /// </summary>
    public async Task<IReadOnlyList<ComposeService>> GetServicesAsync(
        string projectName, ComposeProject? project, CancellationToken cancellationToken)
    {
        var state = project is null
            ? await _reader.ObserveContainersAsync(projectName, cancellationToken).ConfigureAwait(false)
            : await ObserveAsync(project, cancellationToken).ConfigureAwait(false);
        if (project is null && state.Containers.Count == 0)
            throw new ComposeException(StateErrors.NoProject(EngineHost, projectName));
        var names = state.Containers.Where(container => container.IsReplica).Select(container => container.Service)
            .Concat(project?.Services.Keys ?? []).Distinct().OrderBy(name => name, StringComparer.Ordinal);
        var context = project is null ? null : Context(project, state, new UpOptions(), Answers.None);
        return [.. names.Select(name => Service(state, context, name))];
    }

    private ComposeService Service(ObservedState state, PlanContext? context, string name)
    {
        var service = ResultReader.Service(EngineHost, state.ProjectName, name, state.Replicas(name));
        if (context is null || !context.Project.Services.TryGetValue(name, out var definition))
            return service;
        return service with
        {
            Desired = definition.Replicas,
            Image = service.Image.Length > 0 ? service.Image : context.Project.ImageOf(definition),
            Drifted = definition.LacksFiles ? null : ReplicaRules.Drifted(context, definition),
        };
    }
}
