using System.Diagnostics;
using System.Net.Sockets;
using Compose.Errors;
using Compose.Execute.Running;
using Compose.Files;
using Compose.Files.Reading;
using Compose.Images.Build;
using Compose.Model;
using Compose.Model.Loading;
using Compose.Plan.Prepare;
using Compose.Tests.Support;

namespace Compose.Tests.Files;

/// <summary>
/// A pipe without a writer, a socket or a device is refused at once, with its place; reading one might never end.
/// </summary>
public sealed class SpecialFileTests : IDisposable
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(30);
    private readonly string _folder = Directory.CreateTempSubdirectory("special").FullName;
    private Socket? _socket;

    public static TheoryData<string, string> Uses
    {
        get
        {
            var data = new TheoryData<string, string>();
            foreach (var file in new[] { "pipe", "socket", "link", "/dev/tty", "/dev/zero", "/dev/stdin", "/dev/fd/0" })
            {
                foreach (var use in new[]
                {
                    "services: {web: {image: x, env_file: F}}",
                    "services: {web: {image: x, env_file: [{path: F, required: false, format: raw}]}}",
                    "services: {web: {image: x, label_file: F}}",
                    "services: {web: {extends: {file: F, service: x}}}", "include: [F]", "include: [{path: a.yaml, env_file: F}]",
                })
                    data.Add(file, use);
            }

            return data;
        }
    }

    public void Dispose()
    {
        _socket?.Dispose();
        Directory.Delete(_folder, true);
    }

    [UnixTheory]
    [MemberData(nameof(Uses))]
    public async Task A_file_that_another_names_is_refused_at_its_place(string file, string use)
    {
        await Make();

        var result = await InTime(() =>
            LoadedFiles.Load(
                [use.Replace("F", file[0] == '/' ? file : Path.Combine(_folder, file), StringComparison.Ordinal) + "\n"],
                new Dictionary<string, string> { ["a.yaml"] = "services: {web: {image: x}}" }));

        var error = Assert.Single(result.Diagnostics, diagnostic => diagnostic.Id == "ComposeFileUnreadable");
        Assert.Contains("not a regular file", error.Message, StringComparison.Ordinal);
        Assert.Equal((1, true, "compose.yaml"), (error.Line, error.Column > 1, Path.GetFileName(error.File)));
    }

    [UnixFact]
    public async Task A_compose_file_or_a_file_of_variables_is_refused()
    {
        await Make();
        foreach (var change in new Func<LoadRequest, LoadRequest>[]
        {
            request => request with { Paths = [Path.Combine(_folder, "pipe")] },
            request => request with { EnvFiles = [Path.Combine(_folder, "socket")] },
            request =>
                request with
                {
                    Environment = new Dictionary<string, string> { ["COMPOSE_FILE"] = Path.Combine(_folder, "link") },
                    Paths = [],
                },
        })
        {
            var result = await InTime(() =>
                LoadedFiles.Load(["services: {web: {image: x}}"], new Dictionary<string, string>(), change));

            Assert.Contains(
                "not a regular file",
                Assert.Single(result.Diagnostics, diagnostic => diagnostic.Severity == DiagnosticSeverity.Error).Message,
                StringComparison.Ordinal);
        }
    }

    [UnixFact]
    public async Task A_pipe_as_the_env_file_that_is_always_read_is_refused()
    {
        await Make();
        File.Move(Path.Combine(_folder, "pipe"), Path.Combine(_folder, ".env"));
        await File.WriteAllTextAsync(Path.Combine(_folder, "compose.yaml"), "services: {web: {image: x}}");

        var result = await InTime(() =>
            ProjectLoader.Load(
                new LoadRequest
                {
                    WorkingDirectory = _folder,
                    ProjectName = "p",
                    Environment = new Dictionary<string, string>(),
                }));

        Assert.Equal("ComposeFileUnreadable", Assert.Single(result.Diagnostics).Id);
    }

    [UnixFact]
    public async Task A_secret_that_is_copied_is_refused_and_a_seccomp_profile_is_no_file()
    {
        await Make();
        var host = new InjectedContent.HostFile(
            Path.Combine(_folder, "pipe"), new Origin("/compose.yaml", 3, 5, 9, OriginLayer.Base));

        var error = await Assert.ThrowsAsync<ComposeException>(() =>
            SecretArchive.WriteAsync([new InjectedFile("/x", host, 0, 0, 0)], null, default).WaitAsync(Soon));

        Assert.Equal("FileObjectUnreadable", error.Info.Id);
        Assert.StartsWith("/compose.yaml:3:5: ", error.Info.Message, StringComparison.Ordinal);
        Assert.Empty(await InTime(() => SecurityProfiles.Read(["seccomp:" + Path.Combine(_folder, "pipe")], "/")));
    }

    [UnixTheory]
    [InlineData("Dockerfile")]
    [InlineData(".dockerignore")]
    [InlineData("Dockerfile.dockerignore")]
    public async Task A_file_of_a_build_is_refused(string name)
    {
        await Make();
        await File.WriteAllTextAsync(Path.Combine(_folder, "Dockerfile"), "FROM x");
        File.Delete(Path.Combine(_folder, name));
        File.Move(Path.Combine(_folder, "pipe"), Path.Combine(_folder, name));

        var error = await Assert.ThrowsAsync<ComposeException>(() =>
            InTime(() => BuildContext.Open(new BuildDefinition { Context = _folder }, text => text)));

        Assert.Equal("BuildFileUnreadable", error.Info.Id);
    }

    [UnixFact]
    public async Task What_the_user_passes_on_is_read_and_so_is_the_null_device()
    {
        Assert.Equal("", SourceFile.TryRead("/dev/null", out _));
        await File.WriteAllTextAsync(Path.Combine(_folder, "a"), "text");
        using var file = File.OpenRead(Path.Combine(_folder, "a"));

        Assert.Equal("text", SourceFile.TryRead($"/dev/fd/{file.SafeFileHandle.DangerousGetHandle()}", out _, passed: true));
    }

    [Theory]
    [InlineData(@"C:\a\CON", true)]
    [InlineData(@"C:\a\nul.txt", true)]
    [InlineData(@"C:\a\COM1", true)]
    [InlineData(@"C:\a\lpt9.yaml", true)]
    [InlineData(@"\\.\pipe\x", true)]
    [InlineData(@"\\server\pipe\x", true)]
    [InlineData(@"\\.\PhysicalDrive0", true)]
    [InlineData(@"C:\a\console.yaml", false)]
    [InlineData(@"C:\a\COM10", false)]
    [InlineData(@"\\server\share\compose.yaml", false)]
    [InlineData(@"\\?\C:\a\compose.yaml", false)]
    public void Windows_takes_some_names_for_devices(string path, bool isDevice) =>
        Assert.Equal(isDevice, RegularFile.IsWindowsDevice(path));

    private async Task Make()
    {
        using (var mkfifo = Process.Start("mkfifo", Path.Combine(_folder, "pipe")))
            await mkfifo.WaitForExitAsync();
        File.CreateSymbolicLink(Path.Combine(_folder, "link"), "pipe");
        _socket = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        _socket.Bind(new UnixDomainSocketEndPoint(Path.Combine(_folder, "socket")));
    }

    private static Task<T> InTime<T>(Func<T> work) => Task.Run(work).WaitAsync(Soon);
}
