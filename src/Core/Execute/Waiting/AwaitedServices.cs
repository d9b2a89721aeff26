using Compose.Execute.Session;
using Compose.State;

namespace Compose.Execute.Waiting;

/// <summary>Services the files have and that are waited for although they have no container yet.</summary>
internal sealed class AwaitedServices
{
    private readonly ProjectSession _session;
    private readonly WaitRequest _request;
    private readonly List<string> _names;

    /// <param name="session">The engine.</param>
    /// <param name="request">What is waited for: a service whose file wants no replica only where it is named.</param>
    /// <param name="containers">The containers there are of what is waited for.</param>
    public AwaitedServices(ProjectSession session, WaitRequest request, IReadOnlyList<ComposeContainer> containers)
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

    /// <summary>Those that still have none.</summary>
    public IReadOnlyList<string> Names => _names;

    /// <summary>The replicas of those that have some now.</summary>
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
