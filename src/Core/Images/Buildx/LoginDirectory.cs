using Compose.Images.Registry;

namespace Compose.Images.Buildx;

/// <summary>
/// Docker's configuration with more logins, for one run of a docker program: a directory only its owner may enter, which is
/// removed with all that is in it when the run is over.
/// </summary>
internal sealed class LoginDirectory : IDisposable
{
    private readonly string _configDirectory;
    private readonly string _path;

    private LoginDirectory(string configDirectory, string path) => (_configDirectory, _path) = (configDirectory, path);

    public static LoginDirectory Create(RegistryCredentials credentials)
    {
        var directory = new LoginDirectory(credentials.ConfigDirectory, NewDirectory());
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

    /// <summary>Builders and plugins stay where they are.</summary>
    public void Apply(IDictionary<string, string?> variables)
    {
        variables["DOCKER_CONFIG"] = _path;
        if (!variables.ContainsKey("BUILDX_CONFIG"))
            variables["BUILDX_CONFIG"] = Path.Combine(_configDirectory, "buildx");
    }

    public void Dispose() => Directory.Delete(_path, recursive: true);

#if NET
    private static string NewDirectory() => Directory.CreateTempSubdirectory("compose").FullName;

    /// <summary>Builders name contexts; Windows allows links to few, so there such builders are not found.</summary>
    private void Link(string name)
    {
        var target = Path.Combine(_configDirectory, name);
        if (Path.DirectorySeparatorChar == '/' && Directory.Exists(target))
            Directory.CreateSymbolicLink(Path.Combine(_path, name), target);
    }
#else
    /// <summary>On Windows the directory for temporary files is its user's own.</summary>
    private static string NewDirectory() =>
        Directory.CreateDirectory(Path.Combine(Path.GetTempPath(), "compose" + Guid.NewGuid().ToString("N"))).FullName;
#endif
}
