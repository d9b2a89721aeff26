using Compose.Engine.Api;
using Compose.Errors;
using Compose.Events;
using Compose.Execute.Copy;
using Compose.Execute.Session;
using Compose.State;
using Compose.State.Choosing;
using Compose.State.Reading;
using Compose.Streams.Events;

namespace Compose.Execute.Operations;

/// <summary>Lists containers, and finds the ones that a command works on.</summary>
internal sealed class ContainerOperations(ProjectSession session)
{
    /// <summary>Containers, sorted by project, service and number.</summary>
    public async Task<IReadOnlyList<ComposeContainer>> ListAsync(ContainerQuery query, CancellationToken cancellationToken)
    {
        var all = query.All || query.States.Count > 0;
        var summaries = await session.Reader.ListAsync(query.ProjectName, all, cancellationToken, query.Volume, query.Network)
            .ConfigureAwait(false);
        return
        [
            .. summaries.Select(summary => ContainerMapping.Result(summary, session.EngineHost))
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

    /// <summary>All containers of a project, running or not.</summary>
    public Task<IReadOnlyList<ComposeContainer>> OfProjectAsync(string projectName, CancellationToken cancellationToken) =>
        ListAsync(new ContainerQuery { ProjectName = projectName, All = true }, cancellationToken);

    /// <summary>All containers of a project; an error if it has none.</summary>
    /// <exception cref="ComposeException">ProjectNotFound.</exception>
    public async Task<IReadOnlyList<ComposeContainer>> RequireAsync(string projectName, CancellationToken cancellationToken)
    {
        var containers = await OfProjectAsync(projectName, cancellationToken).ConfigureAwait(false);
        return containers.Count > 0
            ? containers
            : throw new ComposeException(StateErrors.NoProject(session.EngineHost, projectName));
    }

    /// <summary>The containers for a command on one service, with one request.</summary>
    /// <exception cref="ComposeException">ProjectNotFound, ServiceNotFound, ServiceNotRunning or ReplicaNotFound.</exception>
    public async Task<IReadOnlyList<ComposeContainer>> ChooseAsync(ReplicaChoice choice, CancellationToken cancellationToken) =>
        choice.All(await RequireAsync(choice.ProjectName, cancellationToken).ConfigureAwait(false));

    /// <summary>The containers of a copy, with one request.</summary>
    /// <exception cref="ComposeException">ServiceNotFound or ReplicaNotFound.</exception>
    public async Task<IReadOnlyList<ComposeContainer>> ChooseAsync(CopyRequest request, CancellationToken cancellationToken) =>
        request.Choose(await RequireAsync(request.ProjectName, cancellationToken).ConfigureAwait(false));

    /// <summary>The containers for a command on services, in order. Only a project from files may have none.</summary>
    /// <exception cref="ComposeException">ProjectNotFound, ServiceNotFound or ContainerNotFound.</exception>
    public async Task<IReadOnlyList<ComposeContainer>> ChooseAsync(ContainerChoice choice, CancellationToken cancellationToken)
    {
        var listed = choice.FromFiles
            ? OfProjectAsync(choice.ProjectName, cancellationToken)
            : RequireAsync(choice.ProjectName, cancellationToken);
        return [.. choice.Of(await listed.ConfigureAwait(false))];
    }

    /// <summary>The one running container for a command, one-offs included.</summary>
    /// <exception cref="ComposeException">ProjectNotFound, ServiceNotFound, ServiceNotRunning or ReplicaNotFound.</exception>
    public async Task<ComposeContainer> ChooseRunningAsync(ReplicaChoice choice, CancellationToken cancellationToken)
    {
        var chosen = await ChooseAsync(choice with { Running = true, OneOffs = true }, cancellationToken).ConfigureAwait(false);
        return chosen[0];
    }

    /// <summary>The chosen containers that run; an error if services or containers are named and none of them runs.</summary>
    /// <exception cref="ComposeException">ServiceNotRunning, ProjectNotFound, ServiceNotFound or ContainerNotFound.</exception>
    public async Task<IReadOnlyList<ComposeContainer>> ChooseRunningAsync(
        ContainerChoice choice, CancellationToken cancellationToken)
    {
        var chosen = await ChooseAsync(choice, cancellationToken).ConfigureAwait(false);
        var running = chosen.Where(container => container.IsUp).ToList();
        if (running.Count == 0 && chosen.Count > 0 && (choice.Services.Count > 0 || choice.Containers.Count > 0))
        {
            throw StateErrors.ServiceNotRunning.Exception(
                $"Not running in project '{choice.ProjectName}': "
                    + $"{string.Join(", ", chosen.Select(container => container.Container))}.",
                chosen[0].Service);
        }

        return running;
    }

    /// <summary>
    /// The published ports of running containers. For one port: those of the chosen replica, or of the service's first replica.
    /// </summary>
    public async Task<IReadOnlyList<ComposePort>> PortsAsync(
        ContainerChoice choice, int? privatePort, string? protocol, CancellationToken cancellationToken)
    {
        var running = await ChooseRunningAsync(choice, cancellationToken).ConfigureAwait(false);
        if (privatePort is not { } port)
            return [.. PortLookup.All(running, protocol)];
        var firsts = choice.Containers.Count > 0
            ? running
            : [
                .. running.Where(container => !container.OneOff)
                .GroupBy(container => container.Service)
                .Select(service => service.First())];
        return [.. firsts.SelectMany(container => PortLookup.Of(container, port, protocol ?? "tcp"))];
    }

    /// <summary>
    /// Emits the processes of running containers as <see cref="ComposeProcess"/> results. A container that cannot be read is an
    /// error; the others are still read.
    /// </summary>
    public async Task ReadProcessesAsync(ContainerChoice choice, IEventSink sink, CancellationToken cancellationToken)
    {
        var running = await ChooseRunningAsync(choice, cancellationToken).ConfigureAwait(false);
        var tables = await Task.WhenAll(
            running.Select(container => TriedAsync(session.Engine.Containers.TopAsync(container.Id, cancellationToken), sink)))
                .ConfigureAwait(false);
        foreach (var (container, table) in running.Zip(tables, (container, table) => (container, table)))
        {
            if (table is null)
                continue;
            foreach (var process in ProcessTable.Read(table, container))
                await sink.EmitAsync(new ResultEvent(process), cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Follows a project's containers as they start and end.</summary>
    internal ContainerFeed Feed(string projectName, DateTime? until = null) =>
        new(session.Engine, projectName, cancellationToken => OfProjectAsync(projectName, cancellationToken), until);

    private static async Task<T?> TriedAsync<T>(Task<T> request, IEventSink sink)
        where T : class
    {
        try
        {
            return await request.ConfigureAwait(false);
        }
        catch (EngineException exception)
        {
            sink.Emit(new ErrorEvent(exception.Info));
            return null;
        }
    }
}
