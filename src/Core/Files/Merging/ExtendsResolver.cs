using Compose.Errors;
using Compose.Files.Checks;
using Compose.Files.Reading;
using Compose.Files.Schema;
using Compose.Yaml;

namespace Compose.Files.Merging;

/// <summary>
/// Resolves <c>extends</c>, through chains and across files: a service's own attributes are merged over those of the service it
/// extends.
/// </summary>
internal sealed class ExtendsResolver(DiagnosticBag diagnostics, Func<string, YamlNode, YamlMapping?> loadServices)
{
    private static readonly Shape ServiceShape = new SectionShape(ServiceSection.Service);
    /// <summary>Limits the recursion of <c>extends</c>.</summary>
    private const int MaxChain = 200;
    private readonly TreeMerger _merger = new(diagnostics);
    private readonly Dictionary<string, YamlMapping?> _files = new(StringComparer.Ordinal);
    private readonly Dictionary<YamlMapping, YamlMapping> _resolved = [];

    public YamlMapping Resolve(YamlMapping root)
    {
        if (root["services"] is not YamlMapping services
            || !services.Entries.Any(entry => (entry.Value as YamlMapping)?.Has("extends") == true))
            return root;
        var resolved = services.Entries.Select(entry =>
            entry.Value is YamlMapping service
                ? new YamlEntry(entry.Key, Resolve(service, services, [(service.File, entry.Name)]))
                : entry);
        return root.Set("services", services.With([.. resolved]));
    }

    private YamlMapping Resolve(YamlMapping service, YamlMapping services, IReadOnlyList<(string? File, string Name)> chain)
    {
        if (!service.Has("extends"))
            return service;
        if (service["extends"] is not YamlMapping extends)
        {
            diagnostics.Error(FileErrors.MissingAttribute, "'extends' needs the attribute 'service'.", service.Key("extends"));
            return service.Without("extends");
        }

        if (extends["service"] is not YamlScalar { Value: string } name)
        {
            diagnostics.Error(FileErrors.MissingAttribute, "'extends' needs the attribute 'service'.", extends);
            return service.Without("extends");
        }

        var place = extends["file"] as YamlScalar;
        var file = place?.Value as string;
        var siblings = file is null ? services : Load(file, place!);
        if (Service(siblings, name.Text) is not { } parent)
        {
            if (siblings is not null || file is null || SourceFile.Exists(file))
                diagnostics.Error(
                    FileErrors.ExtendsNotFound,
                    $"There is no service '{name.Text}'{(file is null ? "" : " in " + file)} to extend.", name,
                    advice: siblings is null
                        ? null
                        : NearestName.Advice(name.Text, siblings.Entries.Select(entry => entry.Name)));
            return service.Without("extends");
        }

        var link = (parent.File, name.Text);
        if (chain.Contains(link))
        {
            diagnostics.Error(
                FileErrors.ExtendsCycle,
                "The services extend one another in a circle: "
                    + $"{string.Join(" -> ", chain.Append(link).Select(part => part.Item2))}.",
                extends);
            return service.Without("extends");
        }

        if (chain.Count >= MaxChain)
        {
            diagnostics.Error(
                FileErrors.ExtendsCycle, $"The services extend one another over more than {MaxChain} steps.", extends);
            return service.Without("extends");
        }

        if (!_resolved.TryGetValue(parent, out var parentTree))
            _resolved[parent] = parentTree = Resolve(parent, siblings!, [.. chain, link]);
        return (YamlMapping)_merger.Merge(parentTree, service.Without("extends"), ServiceShape);
    }

    /// <summary>An empty service (<c>base:</c>) can be extended too.</summary>
    private static YamlMapping? Service(YamlMapping? services, string name) => services?[name] switch
    {
        YamlMapping service => service,
        YamlScalar { IsNull: true } nothing => YamlMapping.At(nothing),
        _ => null,
    };

    private YamlMapping? Load(string file, YamlNode place)
    {
        if (!_files.TryGetValue(file, out var services))
            _files[file] = services = loadServices(file, place);
        return services;
    }
}
