using Compose.Files.Merging;
using Compose.Yaml;

namespace Compose.Files.Reading;

/// <summary>
/// Resolves paths that depend on the attributes beside them: build contexts, bind sources, devices of volumes with
/// <c>o: bind</c>. All others are resolved while values are cast to the schema's types.
/// </summary>
internal static class ServicePaths
{
    public static YamlMapping Resolve(YamlMapping root, PathResolver paths)
    {
        root = Each(root, "services", service => Service(service, paths));
        return Each(root, "volumes", volume => Volume(volume, paths));
    }

    /// <summary>
    /// Sets the context of builds that have none to the project's directory, even for a build inherited by <c>extends</c> from a
    /// file elsewhere.
    /// </summary>
    public static YamlMapping DefaultContexts(YamlMapping root, string directory) =>
        Each(root, "services", service => Change(service, "build", build =>
        build is YamlMapping mapping && !mapping.Has("context")
            ? mapping.Set("context", MergeTags.Keep(YamlScalar.At(mapping, directory), MergeTags.Default))
            : build));

    private static YamlMapping Service(YamlMapping service, PathResolver paths)
    {
        service = Change(service, "build", build => build is YamlMapping mapping ? Build(mapping, paths) : build);
        service = Change(service, "extends", extends => ChangeText(extends, "file", paths.Resolve));
        service = Change(service, "label_file", files =>
            Items(files, file => file is YamlScalar scalar ? Text(scalar, paths.Resolve(scalar.Text, scalar)) : file));
        service = Change(service, "develop", develop => develop is YamlMapping mapping
            ? Change(mapping, "watch", watches => Items(watches, watch => ChangeText(watch, "path", paths.ResolveLinks)))
            : develop);
        if (service["security_opt"] is YamlSequence options)
        {
            foreach (var option in options.Items.OfType<YamlScalar>())
                paths.IsUsable(option.Text, option);
        }

        return Change(service, "volumes", mounts => Items(mounts, mount => Mount(mount, paths)));
    }

    private static YamlNode Build(YamlMapping build, PathResolver paths)
    {
        build = (YamlMapping)ChangeText(build, "context", paths.ResolveContext);
        if (build["dockerfile"] is YamlScalar { Value: string dockerfile } file)
            paths.IsUsable(dockerfile, file);
        build = Change(build, "ssh", keys => keys is YamlMapping mapping ? mapping.Change(key => SshKey(key, paths)) : keys);
        if (build["additional_contexts"] is not YamlMapping contexts)
            return build;
        var resolved = contexts.Entries.Select(entry =>
            new YamlEntry(entry.Key, entry.Value is YamlScalar scalar ? Text(scalar, Context(scalar, paths)) : entry.Value));
        return build.Set("additional_contexts", contexts.With([.. resolved]));
    }

    private static YamlNode SshKey(YamlEntry key, PathResolver paths) =>
        key.Value is YamlScalar { Value: string } file ? Text(file, paths.Resolve(file.Text, file)) : key.Value;

    private static string Context(YamlScalar at, PathResolver paths) =>
        at.Text.StartsWith("docker-image:", StringComparison.Ordinal)
            || at.Text.StartsWith("oci-layout:", StringComparison.Ordinal)
            ? at.Text
            : paths.ResolveContext(at.Text, at);

    private static YamlNode Mount(YamlNode mount, PathResolver paths) =>
        mount is YamlMapping mapping && mapping["type"] is YamlScalar { Text: "bind" }
            ? ChangeText(mapping, "source", paths.ResolveMount)
            : mount;

    private static YamlMapping Volume(YamlMapping volume, PathResolver paths)
    {
        if (volume["driver_opts"] is not YamlMapping options
            || options["o"] is not YamlScalar { Text: "bind" } || options["device"] is not YamlScalar device
            || (volume["driver"] is YamlScalar { Value: string driver } && driver != "local"))
            return volume;
        return volume.Set("driver_opts", options.Set("device", Text(device, paths.Resolve(device.Text, device))));
    }

    private static YamlMapping Each(YamlMapping root, string section, Func<YamlMapping, YamlMapping> change)
    {
        if (root[section] is not YamlMapping mapping)
            return root;
        var entries = mapping.Entries.Select(entry =>
            entry.Value is YamlMapping value ? new YamlEntry(entry.Key, change(value)) : entry).ToList();
        return entries.SequenceEqual(mapping.Entries) ? root : root.Set(section, mapping.With(entries));
    }

    private static YamlMapping Change(YamlMapping mapping, string name, Func<YamlNode, YamlNode> change) =>
        mapping[name] is YamlMapping or YamlSequence ? mapping.Set(name, change(mapping[name]!)) : mapping;

    private static YamlNode ChangeText(YamlNode node, string name, Func<string, YamlNode, string> change) =>
        node is YamlMapping mapping && mapping[name] is YamlScalar { Value: string text } scalar
            ? mapping.Set(name, Text(scalar, change(text, scalar)))
            : node;

    private static YamlNode Items(YamlNode node, Func<YamlNode, YamlNode> change) =>
        node is YamlSequence sequence ? sequence.With([.. sequence.Items.Select(change)]) : node;

    private static YamlScalar Text(YamlScalar scalar, string text) => scalar.With(text, text);
}
