using Compose.Model.Binding;
using Compose.Yaml;

namespace Compose.Model.Loading;

/// <summary>
/// Removes from a project the defaults that binding filled in: names, the default network, dependencies implied by links,
/// namespaces and volumes, the Dockerfile, values of build arguments that are passed through. For config without normalization.
/// </summary>
internal static class WithoutNormalization
{
    public static ComposeProject Of(ComposeProject project, YamlMapping root) => project with
    {
        IsNormalized = false,
        Services = Each(project.Services, root.Map("services"), Service),
        Networks = Each(project.Networks, root.Map("networks"), (network, tree) => network with { Name = Name(tree) }),
        Volumes = Each(project.Volumes, root.Map("volumes"), (volume, tree) => volume with { Name = Name(tree) }),
        Secrets = Each(project.Secrets, root.Map("secrets"), (secret, tree) => secret with { Name = Name(tree) }),
        Configs = Each(project.Configs, root.Map("configs"), (config, tree) => config with { Name = Name(tree) }),
    };

    private static ServiceDefinition Service(ServiceDefinition service, YamlMapping tree) => service with
    {
        PullPolicy = tree.Text("pull_policy"),
        Networks = tree.Map("networks") is { Entries.Count: > 0 }
            ? service.Networks
            : new Dictionary<string, ServiceNetworkDefinition?>(),
        DependsOn = DependencyBinder.Declared(tree),
        Build = service.Build is { } build && tree.Map("build") is { } section
            ? build with { Dockerfile = section.Text("dockerfile"), Args = section.Variables("args") }
            : null,
    };

    private static string Name(YamlMapping tree) => tree.Text("name") ?? tree.Map("external")?.Text("name") ?? "";

    private static Dictionary<string, T> Each<T>(
        IReadOnlyDictionary<string, T> definitions, YamlMapping? section, Func<T, YamlMapping, T> change) =>
        (section?.Entries ?? []).Where(entry => definitions.ContainsKey(entry.Name))
            .ToDictionary(
                entry => entry.Name,
                entry => change(definitions[entry.Name], entry.Value as YamlMapping ?? YamlMapping.At(entry.Key)),
                StringComparer.Ordinal);
}
