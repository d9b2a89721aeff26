using Compose.Tests.Support;

namespace Compose.Tests.Images.Buildx;

/// <summary>A test with docker buildx, which must be in the folder of docker compose.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class BuildxFactAttribute : FactAttribute
{
    public BuildxFactAttribute(bool needsRegistry = false) => Skip = TestEngine.Absence
        ?? (
            TestEngine.Peer is { } peer && File.Exists(Path.Combine(Path.GetDirectoryName(peer)!, "docker-buildx"))
                ? null
                : "There is no docker-buildx beside the docker-compose that COMPOSE_PEER names.")
        ?? (
            needsRegistry && !HasRegistry
                ? "There is no program docker-registry (on Debian: apt-get install docker-registry)."
                : null);

    private static bool HasRegistry =>
        (Environment.GetEnvironmentVariable("PATH") ?? "")
            .Split(Path.PathSeparator)
            .Any(folder => File.Exists(Path.Combine(folder, "docker-registry")));
}

/// <summary>Like <see cref="BuildxFactAttribute"/>, for each row of data.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class BuildxTheoryAttribute : TheoryAttribute
{
    public BuildxTheoryAttribute() => Skip = new BuildxFactAttribute().Skip;
}

/// <summary>
/// Hides docker and its buildx until it is disposed. Other tests that run meanwhile still find their programs.
/// </summary>
internal sealed class PathWithoutDocker : IDisposable
{
    private readonly string? _path = Environment.GetEnvironmentVariable("PATH");

    public PathWithoutDocker() => Environment.SetEnvironmentVariable("PATH", Programs());

    public void Dispose()
    {
        Environment.SetEnvironmentVariable("PATH", _path);
        _links?.Delete(true);
    }

#if NET
    private DirectoryInfo? _links;

    /// <summary>
    /// A folder of links to all other programs. Not on Windows, where links may need a privilege and tests do not run in
    /// parallel.
    /// </summary>
    private string Programs()
    {
        if (OperatingSystem.IsWindows())
            return "";
        _links = Directory.CreateTempSubdirectory("path");
        var programs =
            from folder in (_path ?? "").Split(Path.PathSeparator)
            where Directory.Exists(folder)
            from program in Directory.EnumerateFiles(folder)
            group program by Path.GetFileName(program) into same
            where !same.Key.StartsWith("docker", StringComparison.Ordinal)
            select (Link: Path.Combine(_links.FullName, same.Key), Target: same.First());
        foreach (var (link, target) in programs)
            File.CreateSymbolicLink(link, target);
        return _links.FullName;
    }
#else
    private readonly DirectoryInfo? _links = null;

    private static string Programs() => "";
#endif
}

/// <summary>Finds docker and its buildx in the folder of docker compose until it is disposed.</summary>
internal sealed class BuildxOnPath : IDisposable
{
    private readonly DirectoryInfo _configuration = Directory.CreateTempSubdirectory("buildx");
    private readonly string? _path = Environment.GetEnvironmentVariable("PATH");
    private readonly string? _config = Environment.GetEnvironmentVariable("DOCKER_CONFIG");

    public BuildxOnPath()
    {
        var programs = Path.GetDirectoryName(TestEngine.Peer)!;
        File.WriteAllText(Path.Combine(_configuration.FullName, "config.json"), $"{{\"cliPluginsExtraDirs\":[\"{programs}\"]}}");
        Environment.SetEnvironmentVariable("PATH", programs + Path.PathSeparator + _path);
        Environment.SetEnvironmentVariable("DOCKER_CONFIG", _configuration.FullName);
    }

    public string Configuration => _configuration.FullName;

    public void Dispose()
    {
        Environment.SetEnvironmentVariable("PATH", _path);
        Environment.SetEnvironmentVariable("DOCKER_CONFIG", _config);
        _configuration.Delete(true);
    }
}
