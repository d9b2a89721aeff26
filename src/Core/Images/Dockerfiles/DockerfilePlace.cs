using Compose.Model;

namespace Compose.Images.Dockerfiles;

/// <summary>Where a build's Dockerfile is.</summary>
internal static class DockerfilePlace
{
    private const string Name = "Dockerfile";

    /// <summary>Its full path; a file called dockerfile serves where there is no Dockerfile.</summary>
    public static string Of(BuildDefinition build)
    {
        var file = Path.GetFullPath(Path.Combine(build.Context, build.Dockerfile ?? Name));
        if (Path.GetFileName(file) != Name || File.Exists(file))
            return file;
        var lower = Path.Combine(Path.GetDirectoryName(file)!, Name.ToLowerInvariant());
        return File.Exists(lower) ? lower : file;
    }
}
