using System.Text.Json;
using System.Text.Json.Nodes;
using Compose.Engine.Dto;
using Compose.Model.Config;

namespace Compose.Execute.Describe;

/// <summary>A compose file for existing containers.</summary>
internal static class ProjectDescription
{
    /// <param name="name">The project's name; null for the containers' project, if they have the same.</param>
    /// <param name="containers">The containers.</param>
    /// <param name="networks">All networks of the engine.</param>
    /// <param name="volumes">All volumes of the engine.</param>
    public static JsonObject Of(
        string? name, IReadOnlyList<DescribedContainer> containers, IReadOnlyList<NetworkResource> networks,
        IReadOnlyList<VolumeResource> volumes)
    {
        var project = name
            ?? (containers.Select(container => container.Project).Distinct().ToList() is [{ } single] ? single : null);
        var names = new ProjectResourceNames(project, containers, networks, volumes);
        var services = new JsonObject();
        foreach (var group in containers.GroupBy(container => container.Service).OrderBy(
            group => group.Key, StringComparer.Ordinal))
            services[group.Key] = ServiceDescription.Of(
                group.OrderBy(container => container.Number).First(), group.Count(), names);
        var file = new JsonObject();
        file.Text("name", project);
        file["services"] = services;
        file.Part("networks", names.Networks);
        file.Part("volumes", names.Volumes);
        return file;
    }

    public static string Yaml(JsonObject file)
    {
        using var document = JsonDocument.Parse(file.ToJsonString());
        return ConfigYaml.Write(document.RootElement, null);
    }
}
