using Compose.Engine.Endpoint;
using Compose.Engine.Transport.Ssh;
using Compose.Errors;
using Compose.Images.Buildx;
using Compose.Images.Registry;
using Compose.Tests.Support;

namespace Compose.Tests.Engine.Endpoint;

/// <summary>The collection of tests that change the working directory of the process; nothing runs beside them.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
#pragma warning disable CA1515 // xunit looks for public definitions only.
public sealed class WorkingDirectoryCollection
#pragma warning restore CA1515
{
    public const string Name = "the working directory";
}

/// <summary>A folder with programs named like those we start, as in a cloned repository: none of them ever runs.</summary>
[Collection(WorkingDirectoryCollection.Name)]
public sealed class DecoyTests : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("decoys");
    private readonly string _before = Directory.GetCurrentDirectory();
    private readonly string? _path = Environment.GetEnvironmentVariable("PATH");

    public DecoyTests()
    {
        Directory.CreateDirectory(At("clone/bin"));
        Directory.CreateDirectory(At("installed"));
        foreach (var program in new[] { "docker", "docker-buildx", "ssh", "docker-credential-mine" })
        {
            Write("clone/" + program, $"touch {At("ran")}");
            Write("clone/bin/" + program, $"touch {At("ran")}");
        }

        Directory.SetCurrentDirectory(At("clone"));
        Environment.SetEnvironmentVariable("PATH", string.Join(":", ".", "", "bin", "./bin", At("installed")));
    }

    public void Dispose()
    {
        Directory.SetCurrentDirectory(_before);
        Environment.SetEnvironmentVariable("PATH", _path);
        _directory.Delete(true);
    }

    [UnixTheory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Docker_and_its_buildx(bool installed)
    {
        if (installed)
            Write("installed/docker", "echo the real one");

        Assert.Equal(installed ? "the real one" : null, await BuildxBuilder.VersionAsync(CancellationToken.None));
        AssertNoneRan();
    }

    [UnixTheory]
    [InlineData("mine", "is not on PATH")]
    [InlineData("/../bin/docker", "is a path")]
    [InlineData("../docker", "is a path")]
    public async Task A_credential_helper(string helper, string told)
    {
        await File.WriteAllTextAsync(At("config.json"), $"{{\"credsStore\":\"{helper}\"}}");

        var error = await Assert.ThrowsAsync<ComposeException>(() =>
            new RegistryCredentials(_directory.FullName).HeaderAsync("reg.example", CancellationToken.None));

        Assert.Equal("CredentialHelperFailed", error.Info.Id);
        Assert.Contains(told, error.Info.Message, StringComparison.Ordinal);
        AssertNoneRan();
    }

    [UnixTheory]
    [InlineData("ssh")]
    [InlineData("./ssh")]
    [InlineData("bin/ssh")]
    public async Task Ssh(string program)
    {
        var dialer = new SshDialer(new EngineEndpoint(new Uri("ssh://host.invalid")) { SshProgram = program });

        var error = await Assert.ThrowsAsync<ComposeException>(() => dialer.DialAsync(CancellationToken.None));

        Assert.Equal("SshNotFound", error.Info.Id);
        AssertNoneRan();
    }

    [UnixTheory]
    [InlineData("docker")]
    public async Task A_file_that_cannot_be_run_is_passed_over(string program)
    {
        await File.WriteAllTextAsync(At("installed/" + program), "#!/bin/sh\n");

        Assert.Null(await BuildxBuilder.VersionAsync(CancellationToken.None));
    }

    private void AssertNoneRan() => Assert.False(File.Exists(At("ran")));

    private string At(string name) => Path.Combine(_directory.FullName, name);

    private void Write(string name, string script)
    {
        File.WriteAllText(At(name), "#!/bin/sh\n" + script + "\n");
        if (OperatingSystem.IsWindows())
            return;
        using var chmod = System.Diagnostics.Process.Start("/bin/chmod", ["+x", At(name)]);
        chmod.WaitForExit();
    }
}
