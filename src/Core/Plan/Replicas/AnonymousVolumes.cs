using System.Text.RegularExpressions;
using Compose.Model;
using Compose.Plan.Input;
using Compose.State;

namespace Compose.Plan.Replicas;

/// <summary>The anonymous volumes of a container that its replacement keeps.</summary>
internal static class AnonymousVolumes
{
    private static readonly Regex Generated = new("^[0-9a-f]{64}$", RegexOptions.CultureInvariant);

    /// <summary>Target and volume name; where the image is known, only what it or the file still asks for.</summary>
    public static IReadOnlyDictionary<string, string> Of(PlanContext context, ServiceDefinition service, ObservedContainer old)
    {
        var imageVolumes = context.State.InspectedImages.TryGetValue(context.Project.ImageOf(service), out var image)
            ? image.Config?.Volumes?.Keys.ToList() ?? []
            : null;
        return Of(service, old, imageVolumes);
    }

    /// <summary>Those a container that goes for good leaves behind; none for a service the files do not tell of.</summary>
    public static IReadOnlyList<string> LeftBy(ComposeProject? project, ObservedContainer container) =>
        project is not null && project.Services.TryGetValue(container.Service, out var service)
            ? [.. Of(service, container, null).Values]
            : [];

    /// <summary>How many anonymous volumes a container has: the engine removes them with it when asked.</summary>
    public static int Count(ObservedContainer container) => container.Mounts.Count(IsAnonymous);

    /// <summary>Whether the engine made up a volume's name, which it does for one without any.</summary>
    public static bool IsGenerated(string? name) => name is not null && Generated.IsMatch(name);

    private static bool IsAnonymous(ObservedMount mount) => mount.Type == "volume" && IsGenerated(mount.Name);

    private static Dictionary<string, string> Of(
        ServiceDefinition service, ObservedContainer old, IReadOnlyList<string>? imageVolumes)
    {
        // Down takes files that nobody checked: two mounts may have one target there.
        var declared = service.Volumes.ToLookup(mount => mount.Target, StringComparer.Ordinal);
        return old.Mounts
            .Where(IsAnonymous)
            .Where(mount => declared.Contains(mount.Destination)
                ? declared[mount.Destination].All(wanted => wanted.Type == "volume" && wanted.Source is null)
                : imageVolumes is null || imageVolumes.Contains(mount.Destination))
            .ToDictionary(mount => mount.Destination, mount => mount.Name!, StringComparer.Ordinal);
    }
}
