using System.Globalization;
using Compose.Model;
using Compose.Plan.Prepare;
using Compose.State;

namespace Compose.Plan.Requests;

/// <summary>A container's labels: the user's, and those of docker compose, which win.</summary>
internal static class LabelTranslation
{
    /// <param name="source">What the container is created from.</param>
    /// <param name="resolved">The service to hash, with container ids instead of references to services.</param>
    public static IReadOnlyDictionary<string, string> Labels(ContainerSource source, ServiceDefinition resolved)
    {
        var labels = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var pair in source.Service.Labels)
            labels[pair.Key] = pair.Value;
        labels[ComposeLabels.Project] = source.Project.Name;
        labels[ComposeLabels.Service] = source.Service.Name;
        labels[ComposeLabels.ConfigHash] = source.Hashes.Service(ServiceReferences.ForHash(resolved))[source.Release.HashRule];
        if (source.OneOff is null || source.Release.NumbersOneOffs)
            labels[ComposeLabels.ContainerNumber] = source.Number.ToString(CultureInfo.InvariantCulture);
        labels[ComposeLabels.OneOff] = source.OneOff is null ? "False" : "True";
        if (source.OneOff is { } oneOff)
            labels[ComposeLabels.Slug] = oneOff.Slug;
        labels[ComposeLabels.DependsOn] = DependsOn(source.Service);
        labels[ComposeLabels.WorkingDirectory] = source.Project.WorkingDirectory;
        labels[ComposeLabels.ConfigFiles] = string.Join(",", source.Project.Files);
        labels[ComposeLabels.Version] = source.Release.Version;
        if (source.ImageId is { } image)
            labels[ComposeLabels.Image] = image;
        if (source.ImageMounts is { } mounts)
            labels[ComposeLabels.ImageMounts] = mounts;
        if (source.Project.EnvironmentFiles.Count > 0)
            labels[ComposeLabels.EnvironmentFile] = string.Join(",", source.Project.EnvironmentFiles);
        if (source.Replaces is { } replaced)
            labels[ComposeLabels.Replace] = replaced;
        return labels;
    }

    private static string DependsOn(ServiceDefinition service) => string.Join(",",
        service.DependsOn.OrderBy(pair => pair.Key, StringComparer.Ordinal)
            .Select(pair => $"{pair.Key}:{pair.Value.Condition}:{(pair.Value.Restart ? "true" : "false")}"));
}
