using System.Text.RegularExpressions;
using Compose.Model;
using Compose.Plan.Input;
using Compose.State;

namespace Compose.Plan.Replicas;

/// <summary>The anonymous volumes of a container that its replacement inherits.</summary>
internal static class AnonymousVolumes
{
    private static readonly Regex Generated = new("^[0-9a-f]{64}$", RegexOptions.CultureInvariant);

    /// <summary>Volume name by target. If the image is known, only those that it or the file still declares.</summary>
    public static IReadOnlyDictionary<string, string> Of(PlanContext context, ServiceDefinition service, ObservedContainer old)
    {
        var imageVolumes = context.State.InspectedImages.TryGetValue(context.Project.ImageOf(service), out var image)
            ? image.Config?.Volumes?.Keys.ToList() ?? []
            : null;
        return Of(service, old, imageVolumes);
    }

    /// <summary>Those left by a container that is removed for good; none if its service is not in the files.</summary>
    public static IReadOnlyList<string> LeftBy(ComposeProject? project, ObservedContainer container) =>
        project is not null && project.Services.TryGetValue(container.Service, out var service)
            ? [.. Of(service, container, null).Values]
            : [];

    /// <summary>The number of anonymous volumes that the engine can remove together with a container.</summary>
    public static int Count(ObservedContainer container) => container.Mounts.Count(IsAnonymous);

    /// <summary>Whether the engine generated a volume's name.</summary>
    public static bool IsGenerated(string? name) => name is not null && Generated.IsMatch(name);

    private static bool IsAnonymous(ObservedMount mount) => mount.Type == "volume" && IsGenerated(mount.Name);

    private static Dictionary<string, string> Of(
        ServiceDefinition service, ObservedContainer old, IReadOnlyList<string>? imageVolumes)
    {
        // Down accepts files without the consistency check, so two mounts may have the same target.
        var declared = service.Volumes.ToLookup(mount => mount.Target, StringComparer.Ordinal);
        return old.Mounts
            .Where(IsAnonymous)
            .Where(mount => declared.Contains(mount.Destination)
                ? declared[mount.Destination].All(wanted => wanted.Type == "volume" && wanted.Source is null)
                : imageVolumes is null || imageVolumes.Contains(mount.Destination))
            .ToDictionary(mount => mount.Destination, mount => mount.Name!, StringComparer.Ordinal);
    }
}
