using System.Globalization;
using Compose.Errors;
using Compose.Model;

namespace Compose.Plan;

/// <summary>Secrets and configs: host files are bound, all else is written into the container before each start.</summary>
internal static class SecretFiles
{
    public static void Check(ComposeProject project, ServiceDefinition service)
    {
        foreach (var (definition, _, _) in Uses(project, service))
        {
            if (definition.External)
                throw PlanErrors.ExternalSecret.Exception($"{definition.Origin}: '{definition.Key}' of service '{service.Name}' is external, which only a Swarm has.", definition.Key);
            if (service.ReadOnly && definition.Content is { Length: > 0 } && definition.File is null)
                throw PlanErrors.SecretInReadOnly.Exception($"{service.Origin}: service '{service.Name}' is read_only, so '{definition.Key}' cannot be written into it.", definition.Key);
        }
    }

    /// <summary>Binds of host files, source and target.</summary>
    public static IEnumerable<(string Source, string Target)> Binds(ComposeProject project, ServiceDefinition service) =>
        Uses(project, service).Where(use => use.Definition.File is not null).Select(use => (use.Definition.File!, use.Target));

    public static IReadOnlyList<InjectedFile> Injected(ComposeProject project, ServiceDefinition service) =>
    [
        .. Uses(project, service)
            .Where(use => use.Definition.File is null && !string.IsNullOrEmpty(use.Definition.Content))
            .Select(use => new InjectedFile(use.Target, use.Definition.Content!, use.Use.Mode ?? 0x124, Id(use.Use.Uid), Id(use.Use.Gid))),
    ];

    private static IEnumerable<(FileObjectDefinition Definition, FileObjectReference Use, string Target)> Uses(ComposeProject project, ServiceDefinition service) =>
        service.Secrets.Where(use => project.Secrets.ContainsKey(use.Source)).Select(use => (project.Secrets[use.Source], use, Target(use, "/run/secrets/")))
            .Concat(service.Configs.Where(use => project.Configs.ContainsKey(use.Source)).Select(use => (project.Configs[use.Source], use, Target(use, "/"))));

    /// <summary>The path in the container: a relative target, or none, is taken from the place of its kind.</summary>
    private static string Target(FileObjectReference use, string place) =>
        use.Target is not { Length: > 0 } target ? place + use.Source
        : target[0] == '/' || IsWindowsPath(target) ? target
        : place + target;

    private static bool IsWindowsPath(string path) => path[0] == '\\' || (path.Length > 2 && path[1] == ':' && path[2] is '\\' or '/');

    private static int Id(string? text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : 0;
}
