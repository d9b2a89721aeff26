using Compose.Errors;
using Compose.Execute.Session;
using Compose.Execute.Waiting;

namespace Compose.Execute.Operations;

/// <summary>Waits for containers.</summary>
internal sealed class WaitOperations(ProjectSession session)
{
    /// <summary>
    /// Begins to wait for replicas and named containers, and for running one-offs if it waits for ends. With files, also for
    /// services that have no container yet.
    /// </summary>
    /// <exception cref="ComposeException">ProjectNotFound, ServiceNotFound, ContainerNotFound.</exception>
    public async Task<ReplicaWait> BeginAsync(WaitRequest request, CancellationToken cancellationToken)
    {
        var choice = request.Choice with
        {
            Known = [.. request.Project?.Services.Keys ?? []],
            FromFiles = request.Project is not null,
        };
        var containers = (await session.Containers.ChooseAsync(choice, cancellationToken).ConfigureAwait(false))
            .Where(container =>
                !container.OneOff
                    || request.Choice.Containers.Contains(container.Container)
                    || (request.For == WaitFor.Exited && container.IsUp))
            .ToList();
        var awaited = new ServicesWithoutContainer(session, request, containers);
        if (containers.Count == 0 && awaited.Names.Count == 0)
        {
            throw request.Choice.Services.Count > 0
                ? StateErrors.ServiceNotFound.Exception(
                    $"Project '{request.Choice.ProjectName}' has no container of service "
                        + $"'{string.Join(", ", request.Choice.Services)}'.",
                    request.Choice.Services[0])
                : new ComposeException(StateErrors.NoProject(session.EngineHost, request.Choice.ProjectName));
        }

        return new ReplicaWait(session.Engine, request, containers, awaited);
    }
}
