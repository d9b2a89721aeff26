using System.Globalization;
using Compose.Errors;
using Compose.Files.Reading;
using Compose.Model;

namespace Compose.Plan.Prepare;

/// <summary>
/// Secrets and configs. A host file is mounted. If it needs another owner or mode, or the content does not come from a file, it
/// is copied into the container before each start.
/// </summary>
internal static class SecretFiles
{
    /// <summary>Refuses secrets and configs that cannot be mounted or copied.</summary>
    public static void Check(ComposeProject project, ServiceDefinition service)
    {
        foreach (var use in Uses(project, service))
        {
            var definition = use.Definition;
            if (definition.External)
                throw PlanErrors.ExternalSecret.Exception(
                    $"{definition.Origin}: '{definition.Key}' of service '{service.Name}' is external, which only a Swarm has.",
                    definition.Key);
            if (definition.Driver is not null || definition.TemplateDriver is not null)
                throw PlanErrors.SecretDriver.Exception(
                    $"{definition.Origin}: '{definition.Key}' of service '{service.Name}' has a "
                        + $"{(definition.Driver is null ? "template_driver" : "driver")}, which only a Swarm has.",
                    definition.Key);
            if (definition is { Environment: { } variable, Content: null })
                throw PlanErrors.SecretVariableMissing.Exception(
                    $"{definition.Origin}: the variable '{variable}', which '{definition.Key}' of service '{service.Name}' comes "
                        + "from, is not set.",
                    variable);
            if (service.ReadOnly && definition.File is null && Content(definition) is not null)
                throw PlanErrors.SecretInReadOnly.Exception(
                    $"{service.Origin}: service '{service.Name}' is read_only, so '{definition.Key}' cannot be written into it.",
                    definition.Key);
            foreach (var id in new[] { use.Reference.Uid, use.Reference.Gid }.Where(id => id is not null && Id(id) is null))
                throw PlanErrors.SecretOwner.Exception(
                    $"{service.Origin}: service '{service.Name}' gives '{definition.Key}' to '{id}', which is not a number.",
                    definition.Key);
        }
    }

    /// <summary>Warnings about copied files that a tmpfs hides: a tmpfs is empty at each start.</summary>
    public static IEnumerable<string> Hidden(ComposeProject project, ServiceDefinition service)
    {
        var hiding = new HashSet<string>(
            service.Tmpfs.Select(entry => entry.Split(':')[0])
                .Concat(service.Volumes.Where(mount => mount.Type == "tmpfs").Select(mount => mount.Target))
                .Select(target => target.TrimEnd('/')),
            StringComparer.Ordinal);
        return
        [
            .. from file in Injected(project, service)
               from tmpfs in Above(file.Path).Where(hiding.Contains).Take(1)
               select $"{service.Origin}: the tmpfs at '{(tmpfs.Length == 0 ? "/" : tmpfs)}' of service '{service.Name}' hides "
                   + $"'{file.Path}'; mount the tmpfs elsewhere, or take the secret or config from a file "
                   + "without uid, gid and mode.",
        ];
    }

    /// <summary>The parent directories of a path, nearest first; the root is an empty string.</summary>
    private static IEnumerable<string> Above(string path)
    {
        for (var slash = path.LastIndexOf('/'); slash >= 0; slash = slash == 0 ? -1 : path.LastIndexOf('/', slash - 1))
            yield return path.Substring(0, slash);
    }

    /// <summary>Warnings about files of read-only containers: they keep the host's owner and mode.</summary>
    public static IEnumerable<string> Ignored(ComposeProject project, ServiceDefinition service) =>
        from use in Uses(project, service)
        where service.ReadOnly && use.Definition.File is not null && use.Reference is not { Uid: null, Gid: null, Mode: null }
        select $"{service.Origin}: service '{service.Name}' is read_only, so '{use.Definition.Key}' keeps the owner and mode its "
            + "file has on the host; uid, gid and mode are ignored.";

    /// <summary>The host files that are mounted.</summary>
    public static IEnumerable<(string Source, string Target)> Binds(ComposeProject project, ServiceDefinition service) =>
        Uses(project, service)
            .Where(use => use.Definition.File is not null && !IsCopied(service, use))
            .Select(use => (use.Definition.File!, use.Target));

    public static IReadOnlyList<InjectedFile> Injected(ComposeProject project, ServiceDefinition service) =>
    [
        .. Uses(project, service)
            .Where(use => use.Definition.File is null || IsCopied(service, use))
            .Select(use => (Use: use, Content: Content(use.Definition)))
            .Where(file => file.Content is not null)
            .Select(file =>
                new InjectedFile(
                    file.Use.Target, file.Content!, file.Use.Reference.Mode ?? UnixMode.ReadableByAll,
                    Id(file.Use.Reference.Uid) ?? 0, Id(file.Use.Reference.Gid) ?? 0)),
    ];

    /// <summary>A mount cannot change a file's owner or mode. Nothing can be copied into a read-only container.</summary>
    private static bool IsCopied(ServiceDefinition service, FileUse use) =>
        !service.ReadOnly && use.Reference is not { Uid: null, Gid: null, Mode: null };

    /// <summary>Null for empty text: as in docker compose, it creates no file.</summary>
    private static InjectedContent? Content(FileObjectDefinition definition) =>
        definition.Key == ApiSocketRewrite.LoginsKey ? new InjectedContent.RegistryLogins()
        : definition.File is { } file ? new InjectedContent.HostFile(file, definition.Origin)
        : definition.Content is { Length: > 0 } text ? new InjectedContent.Text(text)
        : null;

    private static IEnumerable<FileUse> Uses(ComposeProject project, ServiceDefinition service) =>
        Uses(service.Secrets, project.Secrets, "/run/secrets/").Concat(Uses(service.Configs, project.Configs, "/"));

    private static IEnumerable<FileUse> Uses(
        IReadOnlyList<FileObjectReference> references, IReadOnlyDictionary<string, FileObjectDefinition> definitions,
        string place) =>
        references.Where(use => definitions.ContainsKey(use.Source))
            .Select(use => new FileUse(definitions[use.Source], use, Target(use, place)));

    /// <summary>The path in the container. A relative target, or none, is in the usual directory of its kind.</summary>
    private static string Target(FileObjectReference use, string place) =>
        use.Target is not { Length: > 0 } target ? place + use.Source
        : target[0] == '/' || IsWindowsPath(target) ? target
        : place + target;

    private static bool IsWindowsPath(string path) => path[0] == '\\' || DrivePath.Is(path);

    private static int? Id(string? text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : null;

    private sealed record FileUse(FileObjectDefinition Definition, FileObjectReference Reference, string Target);
}
