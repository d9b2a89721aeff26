using Compose.Images.Registry;

namespace Compose.Images.Buildx;

/// <summary>
/// A temporary copy of docker's configuration with additional logins, for one run of docker. Only its owner can read the
/// directory, and it is removed after the run.
/// </summary>
internal sealed class TemporaryDockerConfig : IDisposable
{
    private readonly string _configDirectory;
    private readonly string _path;

    private TemporaryDockerConfig(string configDirectory, string path) => (_configDirectory, _path) = (configDirectory, path);

    public static TemporaryDockerConfig Create(RegistryCredentials credentials)
    {
        var directory = new TemporaryDockerConfig(credentials.ConfigDirectory, NewDirectory());
        try
        {
            File.WriteAllBytes(Path.Combine(directory._path, "config.json"), credentials.WithGiven());
#if NET
            directory.Link("contexts");
#endif
            return directory;
        }
        catch
        {
            directory.Dispose();
            throw;
        }
    }

    /// <summary>Sets the variables that make docker use this configuration, but the builders of the user's own one.</summary>
    public void Apply(IDictionary<string, string?> variables)
    {
        variables["DOCKER_CONFIG"] = _path;
        if (!variables.ContainsKey("BUILDX_CONFIG"))
            variables["BUILDX_CONFIG"] = Path.Combine(_configDirectory, "buildx");
    }

    public void Dispose() => Directory.Delete(_path, recursive: true);

#if NET
    private static string NewDirectory() => Directory.CreateTempSubdirectory("compose").FullName;

    /// <summary>
    /// Links a directory of the user's configuration. Builders may refer to docker contexts, so these must be found; on
    /// Windows, where most users cannot create links, they are not.
    /// </summary>
    private void Link(string name)
    {
        var target = Path.Combine(_configDirectory, name);
        if (Path.DirectorySeparatorChar == '/' && Directory.Exists(target))
            Directory.CreateSymbolicLink(Path.Combine(_path, name), target);
    }
#else
    /// <summary>A new directory. On Windows only its user can read the directory for temporary files.</summary>
    private static string NewDirectory() =>
        Directory.CreateDirectory(Path.Combine(Path.GetTempPath(), "compose" + Guid.NewGuid().ToString("N"))).FullName;
#endif
}
