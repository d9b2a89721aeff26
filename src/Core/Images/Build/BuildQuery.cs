using System.Globalization;
using System.Text.Json;
using Compose.Engine.Api;
using Compose.Engine.Dto;
using Compose.Engine.Own;
using Compose.Model;
using Compose.State;

namespace Compose.Images.Build;

/// <summary>Converts a build section to the query of POST /build.</summary>
internal static class BuildQuery
{
    /// <param name="request">The image to build.</param>
    /// <param name="dockerfile">The Dockerfile's name in the context; null if the engine fetches a remote context.</param>
    /// <param name="buildKit">Whether to build with BuildKit.</param>
    /// <param name="osType">The operating system of the engine's containers.</param>
    public static Query Create(BuildRequest request, string? dockerfile, bool buildKit, string osType = "linux")
    {
        var build = request.Build;
        var query = BuildImageCall.NewQuery()
            .Add("dockerfile", dockerfile ?? build.Dockerfile)
            .Add("remote", dockerfile is null ? GitContext.WithRef(build.Context) : null)
            .Add("nocache", build.NoCache || request.NoCache)
            // BuildKit would ask the registry again, without a login; the images were pulled before the build.
            .Add("pull", !buildKit && (build.Pull || request.Pull))
            .Add("rm", true)
            .Add("forcerm", true)
            .Add("version", buildKit ? "2" : "1")
            .Add("target", build.Target)
            .Add("networkmode", build.Network)
            .Add("platform", request.Platform)
            .Add("isolation", osType == "windows" ? build.Isolation : null)
            .Add("shmsize", build.ShmSize)
            .Add("memory", request.Memory)
            .Add("buildargs", Map(Arguments(request)))
            .Add("labels", Map(Labels(request)))
            .Add(
                "cachefrom",
                build.CacheFrom.Count == 0
                    ? null
                    : Array(build.CacheFrom.Select(BuildKitSessionCheck.CacheImage).OfType<string>()))
            .Add("ulimits", build.Ulimits.Count == 0 ? null : Ulimits(build.Ulimits));
        foreach (var host in build.ExtraHosts)
            query.Add("extrahosts", host);
        foreach (var tag in build.Tags.Prepend(request.Image).Distinct())
            query.Add("t", tag);
        return query;
    }

    /// <summary>
    /// The build arguments. One without a value gets the project's variable, or is left out if that is not set. Proxies of
    /// docker's configuration are added unless the file sets them.
    /// </summary>
    public static Dictionary<string, string> Arguments(BuildRequest request)
    {
        var arguments = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var argument in request.Build.Args.Concat(request.Arguments))
        {
            if ((argument.Value ?? Variable(request, argument.Key)) is { } value)
                arguments[argument.Key] = value;
        }

        foreach (var proxy in request.Proxies.Where(proxy => !arguments.ContainsKey(proxy.Key)))
            arguments[proxy.Key] = proxy.Value;

        return arguments;
    }

    private static string? Variable(BuildRequest request, string name) =>
        request.Project.Environment.TryGetValue(name, out var value) ? value : null;

    public static Dictionary<string, string> Labels(BuildRequest request)
    {
        var labels = request.Build.Labels.ToDictionary(label => label.Key, label => label.Value, StringComparer.Ordinal);
        labels[ComposeLabels.Project] = request.Project.Name;
        labels[ComposeLabels.Service] = request.Service.Name;
        labels[ComposeLabels.Version] = ComposeLabels.CompatibleVersion;
        return labels;
    }

    private static string Map(Dictionary<string, string> values) =>
        JsonSerializer.Serialize(values, EngineJson.Default.DictionaryStringString);

    private static string Array(IEnumerable<string> values) =>
        "[" + string.Join(",", values.Select(value => "\"" + JsonEncodedText.Encode(value) + "\"")) + "]";

    private static string Ulimits(IReadOnlyDictionary<string, UlimitDefinition> ulimits) =>
        "[" + string.Join(",", ulimits.Select(limit => Ulimit(limit.Key, limit.Value))) + "]";

    private static string Ulimit(string name, UlimitDefinition limit) => string.Format(
        CultureInfo.InvariantCulture, "{{\"Name\":\"{0}\",\"Soft\":{1},\"Hard\":{2}}}",
        JsonEncodedText.Encode(name), limit.Soft, limit.Hard);
}
