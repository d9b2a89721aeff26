using Compose.Errors;
using Compose.Execute.Waiting;

namespace Compose.Execute.Session;

internal sealed partial class ProjectSession
{
    /// <summary>
    /// Begins to wait for containers: replicas, those that are named, and for their end one-offs that run too; with files also
    /// for services that have none yet.
    /// </summary>
    /// <exception cref="ComposeException">ProjectNotFound, ServiceNotFound, ContainerNotFound.</exception>
    public async Task<ReplicaWait> StartWaitAsync(WaitRequest request, CancellationToken cancellationToken)
    {
        var choice = request.Choice with
        {
            Known = [.. request.Project?.Services.Keys ?? []],
            FromFiles = request.Project is not null,
        };
        var containers = (await ChooseAsync(choice, all: true, cancellationToken).ConfigureAwait(false))
            .Where(container =>
                !container.OneOff
                    || request.Choice.Containers.Contains(container.Container)
                    || (request.For == WaitFor.Exited && container.IsUp))
                    .ToList();
        var awaited = new AwaitedServices(this, request, containers);
        if (containers.Count == 0 && awaited.Names.Count == 0)
        {
            throw request.Choice.Services.Count > 0
                ? StateErrors.ServiceNotFound.Exception(
                    $"Project '{request.Choice.ProjectName}' has no container of service "
                        + $"'{string.Join(", ", request.Choice.Services)}'.",
                    request.Choice.Services[0])
                : new ComposeException(StateErrors.NoProject(EngineHost, request.Choice.ProjectName));
        }

        return new ReplicaWait(Engine, request, containers, awaited);
    }
}
