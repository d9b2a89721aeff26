using Compose.Model;

namespace Compose.Images.Dockerfiles;

/// <summary>Finds the Dockerfile of a build.</summary>
internal static class DockerfilePlace
{
    private const string Name = "Dockerfile";

    /// <summary>The full path. If there is no Dockerfile, a file named dockerfile is used, as in docker.</summary>
    public static string Of(BuildDefinition build)
    {
        var file = Path.GetFullPath(Path.Combine(build.Context, build.Dockerfile ?? Name));
        if (Path.GetFileName(file) != Name || File.Exists(file))
            return file;
        var lower = Path.Combine(Path.GetDirectoryName(file)!, Name.ToLowerInvariant());
        return File.Exists(lower) ? lower : file;
    }
}
