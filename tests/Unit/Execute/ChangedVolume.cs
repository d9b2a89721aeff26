using Compose.Tests.Support;

namespace Compose.Tests.Execute;

/// <summary>
/// A service with a named volume, whose label a test changes so that up recreates it, and an anonymous volume, which must
/// survive that.
/// </summary>
internal static class ChangedVolume
{
    public static string Yaml(EngineProject project, string colour) => $"""
        name: {project.Name}
        services:
          web:
            image: busybox
            command: sleep 600
            stop_grace_period: 0s
            volumes: [data:/data, /cache]
        volumes:
          data:
            labels: [colour={colour}]
        """;

    /// <summary>Runs up, and writes a file into each volume.</summary>
    public static async Task UpAsync(EngineProject project)
    {
        (await project.UpAsync(Yaml(project, "red"))).AssertSucceeded();
        await project.RunInAsync("web", "sh", "-c", "echo lost > /data/file; echo kept > /cache/file");
    }

    /// <summary>Asserts that the named volume was recreated and the anonymous one was kept.</summary>
    public static async Task AssertOnlyItIsNewAsync(EngineProject project)
    {
        Assert.Equal("kept\n", await project.ReadFileAsync("web", "/cache/file"));
        Assert.NotEqual(0, (await project.RunInAsync("web", "cat", "/data/file")).Code);
    }
}
