using Compose.Engine.Dto;
using Compose.Errors;
using Compose.Model;
using Compose.Plan.Compare;
using Compose.Plan.Input;
using Compose.State;

namespace Compose.Plan.Up;

/// <summary>
/// What planners need to know about a volume: the engine's copy of it, whether it drifted, and the request that creates it.
/// </summary>
internal static class VolumePlanner
{
    public static ObservedVolume? Find(PlanContext context, VolumeDefinition volume) =>
        context.State.Volumes.FirstOrDefault(candidate => candidate.Name == volume.Name);

    public static void CheckExternal(PlanContext context, VolumeDefinition volume)
    {
        if (volume.External && Find(context, volume) is null)
            throw PlanErrors.ExternalVolumeNotFound.Exception(
                $"{volume.Origin}: volume {volume.Name} declared as external, but could not be found", volume.Name);
    }

    /// <summary>The id of the question whether a changed volume is recreated.</summary>
    public static string Question(VolumeDefinition volume) => "recreate-volume:" + volume.Key;

    /// <summary>Refuses to recreate a changed volume while containers outside the project use it.</summary>
    public static void CheckUsers(PlanContext context, VolumeDefinition volume)
    {
        if (context.Answers.Agrees(Question(volume))
            && Drift(context, volume) is not null
            && Find(context, volume) is { OtherUsers: { Count: > 0 } users })
            throw PlanErrors.VolumeInUse.Exception(
                $"{volume.Origin}: volume {volume.Name} changed and cannot be created anew, for containers that are not of "
                    + $"project {context.Project.Name} use it: {string.Join(", ", users)}",
                volume.Name);
    }

    /// <summary>The changed fields of the project's own volume; null if it has not changed.</summary>
    public static IReadOnlyList<FieldChange>? Drift(PlanContext context, VolumeDefinition volume) =>
        volume.External || Find(context, volume) is not { } found || !IsOwn(context, found) ? null
        : ResourceComparer.Drift(
            found.Label, context.Hashes.Volume(volume),
            () => found.Resource is { } actual ? ResourceComparer.Compare(actual, Request(context, volume)) : null);

    /// <summary>The project's containers that mount the volume, by name.</summary>
    public static List<ObservedContainer> Users(PlanContext context, VolumeDefinition volume) =>
    [
        .. context.State.Containers.Where(container => container.Mounts.Any(mount => mount.Name == volume.Name))
            .OrderBy(container => container.Name, StringComparer.Ordinal),
    ];

    public static bool IsOwn(PlanContext context, ObservedVolume volume) =>
        volume.Label(ComposeLabels.Project) == context.Project.Name;

    public static CreateVolumeRequest Request(PlanContext context, VolumeDefinition volume) => new()
    {
        Name = volume.Name,
        Driver = volume.Driver,
        DriverOpts = volume.DriverOptions.Count > 0 ? volume.DriverOptions : null,
        Labels = new SortedDictionary<string, string>(
            volume.Labels.ToDictionary(pair => pair.Key, pair => pair.Value), StringComparer.Ordinal)
        {
            [ComposeLabels.Volume] = volume.Key,
            [ComposeLabels.Project] = context.Project.Name,
            [ComposeLabels.Version] = context.Release.Version,
        }.With(ComposeLabels.ConfigHash, context.Release.HashesVolumes ? context.Hashes.Volume(volume)[0] : null),
    };
}
