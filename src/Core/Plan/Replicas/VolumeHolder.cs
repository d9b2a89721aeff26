using Compose.Engine.Dto;
using Compose.Model;
using Compose.Plan.Prepare;
using Compose.Plan.Requests;
using Compose.State;

namespace Compose.Plan.Replicas;

/// <summary>
/// A container that never starts. While a container with a changed volume is replaced, it holds the anonymous volumes, so that
/// an interrupted run does not lose them. It has the temporary name and the labels of a replica, so that the next run finds it,
/// even one of docker compose.
/// </summary>
internal static class VolumeHolder
{
    public static CreateContainer Create(
        ServiceDefinition service, ObservedContainer replaced, IReadOnlyDictionary<string, string> volumes, string name) => new()
    {
        Target = "container:" + name,
        Cause = $"it holds the anonymous volumes of {replaced.Name} meanwhile",
        Container = name,
        Service = service.Name,
        Replica = replaced.Number,
        Blueprint = new ReadyRequest(
            Request(replaced, volumes), service.Platform, [replaced.ImageId, .. ImageMountRewrite.Of(service)]),
    };

    private static CreateContainerRequest Request(
        ObservedContainer replaced, IReadOnlyDictionary<string, string> volumes) => new()
    {
        Image = replaced.ImageId,
        Entrypoint = ["true"],
        Labels = new SortedDictionary<string, string>(
            replaced.Labels.Where(label => label.Key.StartsWith(ComposeLabels.Prefix, StringComparison.Ordinal))
                .ToDictionary(label => label.Key, label => label.Value),
            StringComparer.Ordinal)
        {
            [ComposeLabels.ConfigHash] = "",
            [ComposeLabels.Keeper] = "True",
        },
        HostConfig = new HostConfig
        {
            NetworkMode = "none",
            Binds = [
                .. volumes.OrderBy(volume => volume.Key, StringComparer.Ordinal)
                .Select(volume => $"{volume.Value}:{volume.Key}")],
        },
    };
}
