using Compose.Errors;
using Compose.Files.Reading;
using Compose.Images.Dockerfiles;
using Compose.Model;

namespace Compose.Images.Build;

/// <summary>What of a build section takes a session with BuildKit, which the Engine API has not.</summary>
internal static class SessionNeeds
{
    private const string TypeKey = "type=";

    /// <summary>The attributes that are used and need one.</summary>
    public static IEnumerable<string> Of(BuildRequest request) =>
        Attributes(request, request.Build).Where(attribute => attribute.Used).Select(attribute => attribute.Name);

    /// <summary>
    /// What of the Dockerfile needs one, with its place: a mount of a secret or of an ssh agent in a stage that is built.
    /// </summary>
    /// <param name="request">What to build.</param>
    /// <param name="found">The Dockerfile, or the ONBUILD instructions of its base images.</param>
    /// <param name="placeOf">How errors name a line of it.</param>
    /// <exception cref="ComposeException">A mount is required, and the build section gives nothing for it.</exception>
    public static string? Of(BuildRequest request, DockerfileImages found, Func<int, string> placeOf)
    {
        // The classic builder knows no mounts, and says so itself.
        if (request.PrefersBuildKit == false)
            return null;
        var mounts = found.Stages.SelectMany(stage => stage.SessionMounts).ToList();
        foreach (var (instruction, mount) in mounts)
        {
            if (!mount.IsRequired || mount.Id.IndexOf('$') >= 0 || IsGiven(request.Build, mount))
                continue;
            var place = placeOf(instruction.Line);
            throw ImageErrors.MountNotGiven.Exception(
                $"{place}: {Named(mount)} is required, and the build of '{request.Service.Name}' is given none.", mount.Id);
        }

        return mounts.Select(mounted => $"{Named(mounted.Mount)} ({placeOf(mounted.Instruction.Line)})").FirstOrDefault();
    }

    private static string Named(DockerfileMount mount) =>
        mount.Type == "ssh" ? $"the ssh agent '{mount.Id}'" : $"the secret '{mount.Id}'";

    private static bool IsGiven(BuildDefinition build, DockerfileMount mount) => mount.Type == "ssh"
        ? build.Ssh.Any(agent => agent.Split('=')[0] == mount.Id)
        : build.Secrets.Any(secret => (secret.Target ?? secret.Source) == mount.Id);

    /// <summary>The image a cache is read from; null for a cache that is no image.</summary>
    public static string? CacheImage(string source)
    {
        if (source.IndexOf(TypeKey, StringComparison.Ordinal) < 0)
            return source;
        var options = source.Split(',')
            .Select(option => option.Trim().Split(['='], 2))
            .Where(option => option.Length == 2)
            .ToLookup(option => option[0], option => option[1]);
        return options["type"].FirstOrDefault() == "registry" ? options["ref"].FirstOrDefault() : null;
    }

    private static IEnumerable<(string Name, bool Used)> Attributes(BuildRequest request, BuildDefinition build) =>
    [
        ("a builder of its own", request.Builder is not null),
        ("secrets", build.Secrets.Count > 0),
        ("ssh", build.Ssh.Count > 0),
        ("cache_to", build.CacheTo.Count > 0),
        ("a cache_from that is no image", build.CacheFrom.Any(source => CacheImage(source) is null)),
        ("additional_contexts that are no images", !ImageContexts.ServeAll(request) && build.AdditionalContexts.Count > 0),
        ("several platforms", build.Platforms.Count > 1),
        ("dockerfile_inline in a remote context", build.DockerfileInline is not null && PathResolver.IsRemote(build.Context)),
        ("no_cache_filter", build.NoCacheFilter.Count > 0),
        ("provenance", Asks(build.Provenance)),
        ("sbom", Asks(build.Sbom)),
        ("entitlements or privileged", build.Entitlements.Count > 0 || build.Privileged),
    ];

    /// <summary>Whether an attestation is wanted: the two take false, true, or what goes into it.</summary>
    private static bool Asks(string? attestation) => attestation is not (null or "" or "false");
}
