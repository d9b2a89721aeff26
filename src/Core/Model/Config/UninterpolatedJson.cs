using System.Text.Json;
using Compose.Model.Binding;
using Compose.Model.Naming;
using Compose.Yaml;

namespace Compose.Model.Config;

/// <summary>
/// Writes a project that was loaded without interpolation. It writes the tree, because values with variables need not have the
/// type of the record's property. Default names, networks and Dockerfiles are filled in, keys are sorted.
/// </summary>
internal sealed class UninterpolatedJson(Utf8JsonWriter json)
{
    public void Write(ComposeProject project)
    {
        var networks = project.IsNormalized ? Networks(project) : project.Tree!.Entries.Where(entry => entry.Name == "networks");
        foreach (var entry in project.Tree!.Entries.Where(entry =>
            entry.Name is not ("name" or "version" or "networks"))
                .Concat(networks)
                .Append(Name(project))
                .OrderBy(entry => entry.Name, StringComparer.Ordinal))
        {
            json.WritePropertyName(entry.Name);
            Node(Filled(project, entry));
        }
    }

    private static YamlEntry Name(ComposeProject project) =>
        new(YamlScalar.At(project.Tree!, "name"), YamlScalar.At(project.Tree!, project.Name));

    private static YamlNode Filled(ComposeProject project, YamlEntry section)
    {
        if (section.Value is not YamlMapping mapping)
            return section.Value;
        return section.Name switch
        {
            "services" => mapping.Change(entry => !project.Services.ContainsKey(entry.Name) ? null
                : entry.Value is YamlMapping service
                    ? WithTargets(project.IsNormalized ? Normalized(service) : service)
                    : entry.Value),
            "volumes" or "secrets" or "configs" when project.IsNormalized =>
                mapping.With([.. mapping.Entries.Select(entry => new YamlEntry(entry.Key, Named(project.Name, entry)))]),
            _ => mapping,
        };
    }

    /// <summary>Fills in targets of secrets and cleans those of mounts, even if no other defaults are filled in.</summary>
    private static YamlMapping WithTargets(YamlMapping service) => service.Change(entry => (entry.Name, entry.Value) switch
    {
        ("secrets", YamlSequence secrets) =>
            secrets.Change(item => item is YamlMapping use && use.Text("source") is { } source && !use.Has("target")
            ? use.Set("target", YamlScalar.At(use, "/run/secrets/" + source)) : item),
        ("volumes", YamlSequence mounts) =>
            mounts.Change(item =>
                item is YamlMapping mount
                    && mount.Text("target") is { } target
                    && ContainerPath.Clean(target) is var clean
                    && clean != target
            ? mount.Set("target", YamlScalar.At(mount, clean)) : item),
        _ => entry.Value,
    });

    private static YamlMapping Normalized(YamlMapping service)
    {
        if (service["build"] is YamlMapping build && !build.Has("dockerfile") && !build.Has("dockerfile_inline"))
            service = service.Set("build", build.Set("dockerfile", YamlScalar.At(build, "Dockerfile")));
        return service.Has("networks") || service.Has("network_mode")
            ? service
            : service.Set("networks", YamlMapping.At(service, ("default", YamlScalar.At(service, null))));
    }

    private static IEnumerable<YamlEntry> Networks(ComposeProject project)
    {
        if (project.Networks.Count == 0)
            yield break;
        var networks = project.Tree!["networks"] as YamlMapping ?? YamlMapping.At(project.Tree);
        foreach (var network in project.Networks.Values.Where(network => !networks.Has(network.Key)))
            networks = networks.Set(network.Key, YamlMapping.At(project.Tree));
        networks = networks.With(
            [
                .. networks.Entries.Where(entry => project.Networks.ContainsKey(entry.Name))
                .Select(entry => new YamlEntry(entry.Key, Named(project.Name, entry))),
            ]);
        yield return new YamlEntry(YamlScalar.At(project.Tree, "networks"), networks);
    }

    private static YamlMapping Named(string project, YamlEntry entry)
    {
        var mapping = entry.Value as YamlMapping ?? YamlMapping.At(entry.Key);
        return mapping.Has("name")
            ? mapping
            : mapping.Set("name", YamlScalar.At(entry.Key, TopLevelBinder.Name(project, entry.Name, mapping)));
    }

    private void Node(YamlNode node)
    {
        switch (node)
        {
            case YamlMapping mapping:
                json.WriteStartObject();
                foreach (var entry in mapping.Entries.OrderBy(entry => entry.Name, StringComparer.Ordinal))
                {
                    json.WritePropertyName(entry.Name);
                    Node(entry.Value);
                }

                json.WriteEndObject();
                break;
            case YamlSequence sequence:
                json.WriteStartArray();
                foreach (var item in sequence.Items)
                    Node(item);
                json.WriteEndArray();
                break;
            default:
                TreeJson.Scalar(json, (YamlScalar)node);
                break;
        }
    }
}
