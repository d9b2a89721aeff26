using Compose.Errors;
using Compose.Files.Reading;
using Compose.Images.Dockerfiles;
using Compose.Model;

namespace Compose.Images.Build;

/// <summary>Finds what in a build needs a BuildKit session, which the Engine API does not offer.</summary>
internal static class BuildKitSessionCheck
{
    private const string TypeKey = "type=";

    /// <summary>The attributes of the build section that need a session.</summary>
    public static IEnumerable<string> Of(BuildRequest request) =>
        Attributes(request, request.Build).Where(attribute => attribute.Used).Select(attribute => attribute.Name);

    /// <summary>
    /// The first mount of a secret or ssh agent in the stages to build, with its position, or null.
    /// </summary>
    /// <param name="request">The image to build.</param>
    /// <param name="found">The Dockerfile, or the ONBUILD instructions of its base images.</param>
    /// <param name="placeOf">Returns the position of a line, for errors.</param>
    /// <exception cref="ComposeException">A mount is required, and the build section has no such secret or agent.</exception>
    public static string? Of(BuildRequest request, DockerfileImages found, Func<int, string> placeOf)
    {
        // The classic builder refuses mounts itself.
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

    /// <summary>The image of a cache_from entry; null if it is another kind of cache.</summary>
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

    /// <summary>Whether provenance or sbom asks for an attestation: it is true, or has parameters.</summary>
    private static bool Asks(string? attestation) => attestation is not (null or "" or "false");
}
