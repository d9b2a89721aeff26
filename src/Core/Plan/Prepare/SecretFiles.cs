using System.Globalization;
using Compose.Errors;
using Compose.Model;

namespace Compose.Plan.Prepare;

/// <summary>
/// Secrets and configs. A host file is bound as it is; one that is to have another owner or mode, and all that is no file, is
/// written into the container before each start.
/// </summary>
internal static class SecretFiles
{
    private const int ReadableByAll = 0x124;

    /// <summary>Refuses what cannot be carried out, at its place.</summary>
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

    /// <summary>Copied files that a tmpfs of the service hides: nothing can be written into one before the start.</summary>
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

    /// <summary>The directories a path of a container is in, the nearest first; the root is empty.</summary>
    private static IEnumerable<string> Above(string path)
    {
        for (var slash = path.LastIndexOf('/'); slash >= 0; slash = slash == 0 ? -1 : path.LastIndexOf('/', slash - 1))
            yield return path.Substring(0, slash);
    }

    /// <summary>Files whose owner and mode stay the host's, as nothing can be written into a read-only container.</summary>
    public static IEnumerable<string> Unheeded(ComposeProject project, ServiceDefinition service) =>
        from use in Uses(project, service)
        where service.ReadOnly && use.Definition.File is not null && use.Reference is not { Uid: null, Gid: null, Mode: null }
        select $"{service.Origin}: service '{service.Name}' is read_only, so '{use.Definition.Key}' keeps the owner and mode its "
            + "file has on the host; uid, gid and mode are not heeded.";

    /// <summary>Binds of host files, source and target.</summary>
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
                    file.Use.Target, file.Content!, file.Use.Reference.Mode ?? ReadableByAll, Id(file.Use.Reference.Uid) ?? 0,
                    Id(file.Use.Reference.Gid) ?? 0)),
    ];

    /// <summary>A bind cannot give a file another owner; nothing can be copied into a read-only container.</summary>
    private static bool IsCopied(ServiceDefinition service, FileUse use) =>
        !service.ReadOnly && use.Reference is not { Uid: null, Gid: null, Mode: null };

    /// <summary>Null for text that is empty: like docker compose, no file is made of it.</summary>
    private static InjectedContent? Content(FileObjectDefinition definition) =>
        definition.Key == ApiSocket.LoginsKey ? new InjectedContent.RegistryLogins()
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

    /// <summary>The path in the container: a relative target, or none, is taken from the place of its kind.</summary>
    private static string Target(FileObjectReference use, string place) =>
        use.Target is not { Length: > 0 } target ? place + use.Source
        : target[0] == '/' || IsWindowsPath(target) ? target
        : place + target;

    private static bool IsWindowsPath(string path) =>
        path[0] == '\\' || (path.Length > 2 && path[1] == ':' && path[2] is '\\' or '/');

    private static int? Id(string? text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : null;

    private sealed record FileUse(FileObjectDefinition Definition, FileObjectReference Reference, string Target);
}
