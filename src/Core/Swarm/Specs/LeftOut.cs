using Compose.Files.Merging;
using Compose.Files.Schema;
using Compose.Model;
using Compose.Model.Binding;
using Compose.Yaml;

namespace Compose.Swarm.Specs;

/// <summary>Warns about the attributes in the files that the schema says a deployment leaves out.</summary>
internal static class LeftOut
{
    /// <summary>What to do instead, or why nothing is lost, by attribute.</summary>
    private static readonly Dictionary<string, string> Advice = new(StringComparer.Ordinal)
    {
        ["build"] = "the nodes pull the image, so build and push it first",
        ["container_name"] = "tasks are named by service, slot and id",
        ["devices"] = "a task gets no devices of its node",
        ["expose"] = "services of one network reach all ports of each other",
        ["external_links"] = "use a network that both share",
        ["gpus"] = "reserve them with deploy.resources.reservations.generic_resources",
        ["host_ip"] = "the port is published on all addresses of a node",
        ["links"] = "services of one network find each other by name",
        ["network_mode"] = "put the service into a network",
        ["privileged"] = "give single rights with cap_add",
        ["pull_policy"] = "the nodes pull what -ResolveImage finds",
        ["shm_size"] = "mount a tmpfs of that size at /dev/shm",
        ["volumes_from"] = "mount the same volumes in both services",
    };

    public static void Warn(ComposeProject project, SpecFindings findings)
    {
        if (project.Tree is not { } tree)
            return;
        foreach (var name in project.Services.Keys)
            Walk(tree.Map("services")?.Map(name), ServiceSection.Service, $"of service '{name}'", findings);
        Each(project.Networks.Keys, "networks", ResourceSections.Network, "network");

        void Each(IEnumerable<string> keys, string section, Section attributes, string kind)
        {
            foreach (var key in keys)
                Walk(tree.Map(section)?.Map(key), attributes, $"of {kind} '{key}'", findings);
        }
    }

    private static void Walk(YamlNode? node, Section section, string owner, SpecFindings findings)
    {
        foreach (var entry in (node as YamlMapping)?.Entries ?? [])
        {
            if (section[entry.Name] is not { } rule || SaysNothing(entry.Value))
                continue;
            if (rule.OnSwarm == SwarmSupport.Warned)
                Warn(entry, rule, owner, findings);
            else
                Inner(entry.Value, rule.Shape, owner, findings);
        }
    }

    private static void Inner(YamlNode node, Shape shape, string owner, SpecFindings findings)
    {
        switch (shape)
        {
            case SectionShape inner:
                Walk(node, inner.Section, owner, findings);
                break;
            case ShortForm form:
                Inner(node, form.Long, owner, findings);
                break;
            case ListShape list:
                foreach (var item in (node as YamlSequence)?.Items ?? [])
                    Inner(item, list.Item, owner, findings);
                break;
            case MapShape map:
                foreach (var entry in (node as YamlMapping)?.Entries ?? [])
                    Inner(entry.Value, map.Value, owner, findings);
                break;
        }
    }

    /// <summary>The loader has warned already of what no engine carries out.</summary>
    private static void Warn(YamlEntry entry, AttributeRule rule, string owner, SpecFindings findings)
    {
        if (rule.Support is Support.Ignored or Support.NotYet)
            return;
        var advice = Advice.TryGetValue(entry.Name, out var text) ? "; " + text : "";
        findings.Warn(entry.Key.Origin(), $"a Swarm has no '{entry.Name}', so that {owner} is left out{advice}.");
    }

    /// <summary>A value that asks for nothing, or that the loader filled in.</summary>
    private static bool SaysNothing(YamlNode node) => MergeTags.IsDefault(node) || node switch
    {
        YamlScalar scalar => scalar.Value is null or false or "",
        YamlSequence sequence => sequence.Items.Count == 0,
        YamlMapping mapping => mapping.Entries.Count == 0,
        _ => false,
    };
}
