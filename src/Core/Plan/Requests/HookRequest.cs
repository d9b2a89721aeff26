using Compose.Engine.Dto;
using Compose.Plan.Prepare;
using Compose.State;

namespace Compose.Plan.Requests;

/// <summary>
/// The request that creates the container of a pre_start hook: with the service's networks and variables, the volumes of a
/// replica, and labels that distinguish it from replicas.
/// </summary>
internal static class HookRequest
{
    /// <param name="hook">The step.</param>
    /// <param name="results">The containers created so far.</param>
    public static CreateContainerRequest Bind(RunHookContainer hook, BindingResults results)
    {
        var (source, definition) = (hook.Source, hook.Definition);
        var service = ServiceReferences.Resolve(
            source.Service, source.Parents.ToDictionary(pair => pair.Key, pair => results.Id(pair.Value)));
        var environment = service.Environment.ToDictionary(pair => pair.Key, pair => pair.Value, StringComparer.Ordinal);
        foreach (var variable in definition.Environment)
            environment[variable.Key] = variable.Value;
        var networks = RequestBinder.Endpoints(source with { Links = [] })
            .Take(EngineFeatures.ConnectsAllNetworksAtCreate(source.ApiMinor) ? int.MaxValue : 1)
            .ToDictionary(pair => pair.Key, pair => pair.Value);
        return new CreateContainerRequest
        {
            Image = hook.Image,
            Cmd = definition.Command.Count > 0 ? definition.Command : null,
            User = definition.User,
            WorkingDir = definition.WorkingDir,
            Env = [
                .. environment.OrderBy(pair => pair.Key, StringComparer.Ordinal)
                .Select(pair => pair.Value is null ? pair.Key : $"{pair.Key}={pair.Value}")],
            Labels = new SortedDictionary<string, string>(StringComparer.Ordinal)
            {
                [ComposeLabels.Project] = source.Project.Name,
                [ComposeLabels.Service] = service.Name,
                [ComposeLabels.Version] = source.Release.Version,
                [ComposeLabels.Hook] = hook.Hook,
            },
            HostConfig = new HostConfig
            {
                NetworkMode = EndpointTranslation.Mode(source.Project, service),
                Privileged = definition.Privileged ? true : null,
                VolumesFrom = [results.Id(hook.Reference)],
            },
            NetworkingConfig = networks.Count == 0 ? null : new NetworkingConfig { EndpointsConfig = networks },
        };
    }
}
