using System.Diagnostics;
using System.Formats.Tar;
using Compose.Errors;
using Compose.Images.Build;
using Compose.Model;
using Compose.Tests.Support;
using TarEntry = System.Formats.Tar.TarEntry;
using TarReader = System.Formats.Tar.TarReader;

namespace Compose.Tests.Images.Build;

/// <summary>A build context as it is sent, read back by .NET's own tar reader.</summary>
public sealed class ArchivedContextTests : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("archived");
    private bool _odd;

    public ArchivedContextTests() => Write("Dockerfile", "FROM busybox\n");

    public void Dispose()
    {
        // .NET cannot remove a file whose name is not valid UTF-8.
        if (_odd)
            Run("rm", "-r", At("odd"));
        _directory.Delete(true);
    }

    [UnixTheory]
    [InlineData("")]
    public async Task Hard_links_stay_links_pipes_stay_pipes_and_sockets_are_left_out(string ignore)
    {
        Write(".dockerignore", ignore);
        Write("first", "shared");
        Write("large", new string('x', 200_000));
        Run("ln", At("first"), At("second"));
        Run("ln", At("large"), At("larger"));
        Run("mkfifo", At("pipe"));
        using var socket = new System.Net.Sockets.Socket(
            System.Net.Sockets.AddressFamily.Unix, System.Net.Sockets.SocketType.Stream,
            System.Net.Sockets.ProtocolType.Unspecified);
        socket.Bind(new System.Net.Sockets.UnixDomainSocketEndPoint(At("socket")));

        var entries = await EntriesAsync();

        Assert.Equal((TarEntryType.HardLink, "first"), (entries["second"].EntryType, entries["second"].LinkName));
        Assert.Equal((TarEntryType.HardLink, "large"), (entries["larger"].EntryType, entries["larger"].LinkName));
        Assert.Equal(200_000, entries["large"].Length);
        Assert.Equal(TarEntryType.Fifo, entries["pipe"].EntryType);
        Assert.DoesNotContain("socket", entries.Keys);
    }

    /// <summary>The first name is omitted, so the second one has the content.</summary>
    [UnixTheory]
    [InlineData("first\n")]
    public async Task A_hard_link_never_points_to_what_is_ignored(string ignore)
    {
        Write(".dockerignore", ignore);
        Write("first", "shared");
        Run("ln", At("first"), At("second"));

        var entries = await EntriesAsync();

        Assert.Equal((TarEntryType.RegularFile, 6L), (entries["second"].EntryType, entries["second"].Length));
        Assert.DoesNotContain("first", entries.Keys);
    }

    [UnixTheory]
    [InlineData("", true)]
    [InlineData("odd/*\n", false)]
    public async Task A_name_that_is_not_UTF_8_is_named_unless_it_is_ignored(string ignore, bool isRefused)
    {
        Write(".dockerignore", ignore);
        Directory.CreateDirectory(At("odd"));
        _odd = true;
        Run("sh", "-c", $"touch \"$(printf '{At("odd")}/na\\351me')\"");
        using var context = Open();

        if (!isRefused)
        {
            Assert.DoesNotContain(await EntriesAsync(), entry => entry.Key.StartsWith("odd/n", StringComparison.Ordinal));
            return;
        }

        await Assert.ThrowsAnyAsync<Exception>(() => context.CopyToAsync(new MemoryStream()));
        Assert.Equal("BuildContextNameInvalid", context.Failure!.Info.Id);
        Assert.Contains("odd/na", context.Failure.Info.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("*.log\nsecret[\n", "/.dockerignore:2:1: 'secret[' is not a pattern.")]
    [InlineData("!\n", "/.dockerignore:1:1: '!' is not a pattern.")]
    public void A_bad_pattern_is_told_with_its_place_and_nothing_is_sent(string ignore, string told)
    {
        Write(".dockerignore", ignore);

        var error = Assert.Throws<ComposeException>(Open);

        Assert.Equal("DockerIgnoreInvalid", error.Info.Id);
        Assert.EndsWith(told, error.Info.Message.Replace('\\', '/'), StringComparison.Ordinal);
    }

    private BuildContext Open()
    {
        var context = BuildContext.Open(new BuildDefinition { Context = _directory.FullName }, text => text);
        context.For(buildKit: true);
        return context;
    }

    private async Task<Dictionary<string, TarEntry>> EntriesAsync()
    {
        using var context = Open();
        using var archive = new MemoryStream();
        await context.CopyToAsync(archive);
        archive.Position = 0;
        using var reader = new TarReader(archive);
        var entries = new Dictionary<string, TarEntry>();
        while (await reader.GetNextEntryAsync(copyData: true) is { } entry)
            entries[entry.Name] = entry;
        return entries;
    }

    private string At(string name) => Path.Combine(_directory.FullName, name);

    private void Write(string name, string text) => File.WriteAllText(At(name), text);

    private static void Run(string program, params string[] arguments)
    {
        using var process = Process.Start(program, arguments);
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
    }
}
