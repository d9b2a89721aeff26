using Compose.Yaml;

namespace Compose.Model.Binding;

/// <summary>Binds <c>build</c> sections.</summary>
internal static class BuildBinder
{
    public static BuildDefinition Bind(YamlMapping tree) => new()
    {
        Context = tree.Text("context") ?? "",
        Dockerfile = tree.NonEmptyText("dockerfile") ?? (tree.Has("dockerfile_inline") ? null : "Dockerfile"),
        DockerfileInline = tree.Text("dockerfile_inline"),
        Args = tree.Variables("args"),
        Labels = tree.Pairs("labels"),
        Target = tree.NonEmptyText("target"),
        Tags = tree.Texts("tags"),
        Platforms = tree.Texts("platforms"),
        Network = tree.NonEmptyText("network"),
        NoCache = tree.Flag("no_cache") ?? false,
        NoCacheFilter = tree.Texts("no_cache_filter"),
        Pull = tree.Flag("pull") ?? false,
        Privileged = tree.Flag("privileged") ?? false,
        CacheFrom = tree.Texts("cache_from"),
        CacheTo = tree.Texts("cache_to"),
        ExtraHosts = ExtraHostsBinder.Bind(tree),
        Entitlements = tree.Texts("entitlements"),
        AdditionalContexts = tree.Pairs("additional_contexts"),
        Ssh = [.. tree.Variables("ssh").Select(key => key.Value is null ? key.Key : $"{key.Key}={key.Value}")],
        Secrets = FileObjectBinder.BindUses(tree, "secrets"),
        Isolation = tree.NonEmptyText("isolation"),
        Provenance = tree.Text("provenance"),
        Sbom = tree.Text("sbom"),
        ShmSize = tree.Long("shm_size"),
        Ulimits = ResourceBinder.Ulimits(tree),
    };
}
