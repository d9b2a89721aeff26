using Compose.Execute.Session;
using Compose.State;

namespace Compose.Execute.Waiting;

/// <summary>The services to wait for that are in the files and have no container yet.</summary>
internal sealed class ServicesWithoutContainer
{
    private readonly ProjectSession _session;
    private readonly WaitRequest _request;
    private readonly List<string> _names;

    /// <param name="session">The engine.</param>
    /// <param name="request">What to wait for. A service with no replicas in the file counts only if it is named.</param>
    /// <param name="containers">The existing containers to wait for.</param>
    public ServicesWithoutContainer(ProjectSession session, WaitRequest request, IReadOnlyList<ComposeContainer> containers)
    {
        (_session, _request) = (session, request);
        var choice = request.Choice;
        _names =
        [
            .. (request.Project?.Services.Values ?? [])
                .Where(service =>
                    choice.Services.Contains(service.Name) || (service.Replicas > 0 && choice.Includes(service.Name, "", 0)))
                .Select(service => service.Name).Except(containers.Select(container => container.Service)),
        ];
    }

    /// <summary>The names of services that still have no container.</summary>
    public IReadOnlyList<string> Names => _names;

    /// <summary>The new replicas of services that had none.</summary>
    public async Task<IReadOnlyList<ComposeContainer>> AppearedAsync(CancellationToken cancellationToken)
    {
        if (_names.Count == 0)
            return [];
        var query = new ContainerQuery { ProjectName = _request.Choice.ProjectName, Services = [.. _names], All = true };
        var found = (await _session.Containers.ListAsync(query, cancellationToken).ConfigureAwait(false))
            .Where(container => !container.OneOff)
            .ToList();
        _names.RemoveAll(name => found.Any(container => container.Service == name));
        return found;
    }
}
