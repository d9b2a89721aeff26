using System.Text;
using Compose.Errors;
using Compose.Execute.Copy;
using Compose.Plan.Input;
using Compose.State;
using Compose.Tests.Support;
using TarReader = Compose.Images.Tar.TarReader;

namespace Compose.Tests.Execute.Copy;

/// <summary>
/// The same copy by docker compose and by us, and the resulting names, kinds, modes, owners, link targets and contents.
/// </summary>
[System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
public class CopyPeerTests
{
    private const string File =
        "services:\n  theirs: {image: busybox, network_mode: none}\n  ours: {image: busybox, network_mode: none}\n";

    private static readonly bool Full = Environment.GetEnvironmentVariable("COMPOSE_TEST_FULL") == "1";
    private static readonly string[] Sources = [
        "dir", "dir/", "dir/.", "file", "link", "link/.", "filelink", "dangling", "deep/empty", "missing", "file/"];
    private static readonly string[] Targets = [
        "", "/", "dir", "dir/", "file", "file/", "new", "new/", "new/x", "link", "link/", "filelink", "dangling", "dir/file"];

    [PeerFact]
    public async Task Into_a_container()
    {
        await using var project = await EngineProject.CreateAsync("copyinto");
        var (theirs, ours) = await CreateAsync(project);
        var folder = Fixture(project.Folder, "fixture", "copied");
        var old = Fixture(project.Folder, "old", "old");
        var differences = new List<string>();
        var number = 0;
        foreach (var follow in new[] { false, true })
        {
            foreach (var (source, target) in Pairs(follow))
            {
                // Each copy has a directory tree of its own.
                var root = $"/t{number++}";
                foreach (var container in new[] { theirs, ours })
                    await project.Session.Copy.IntoAsync(
                        container, new CopyInput.HostPath(old, false), root, false, project, CancellationToken.None);
                string[] options = follow ? ["cp", "-L"] : ["cp"];
                var (code, output) = await project.PeerAsync([.. options, "fixture/" + source, $"theirs:{root}/{target}"]);
                var error = await TryAsync(() =>
                    project.Session.Copy.IntoAsync(
                        ours, new CopyInput.HostPath(folder + "/" + source, follow), root + "/" + target, false, project,
                        CancellationToken.None));
                var (their, our) = (await ListAsync(project, theirs, root), await ListAsync(project, ours, root));
                if ((code == 0) != (error is null) || their != our)
                    differences.Add(
                        $"cp {(follow ? "-L " : "")}{source} -> {target}: they {output.Trim()}, we {error?.Info}\nthey: "
                            + $"{their}\nwe:   {our}");
            }
        }

        Assert.True(differences.Count == 0, string.Join("\n\n", differences));
    }

    [PeerFact]
    public async Task Out_of_a_container()
    {
        await using var project = await EngineProject.CreateAsync("copyfrom");
        var (theirs, _) = await CreateAsync(project);
        await project.Session.Copy.IntoAsync(
            theirs, new CopyInput.HostPath(Fixture(project.Folder, "fixture", "copied"), false), "/t", false, project,
            CancellationToken.None);
        var differences = new List<string>();
        var number = 0;
        foreach (var follow in new[] { false, true })
        {
            foreach (var (source, target) in Pairs(follow).Where(pair => !IsTheirFault(pair.Source, pair.Target)))
            {
                var (their, our) = (
                    Fixture(project.Folder, $"their{number}", "old"), Fixture(project.Folder, $"our{number}", "old"));
                string[] options = follow ? ["cp", "-L"] : ["cp"];
                var (code, output) = await project.PeerAsync([.. options, "theirs:/t/" + source, $"their{number}/{target}"]);
                var error = await TryAsync(() =>
                    project.Session.Copy.FromAsync(
                        theirs, "/t/" + source, our + "/" + target, follow, project, CancellationToken.None));
                number++;
                if ((code == 0) != (error is null) || List(their) != List(our))
                    differences.Add(
                        $"cp {(follow ? "-L " : "")}{source} -> {target}: they {output.Trim()}, we {error?.Info}\nthey: "
                            + $"{List(their)}\nwe:   {List(our)}");
            }
        }

        Assert.True(differences.Count == 0, string.Join("\n\n", differences));
    }

    private static IEnumerable<(string Source, string Target)> Pairs(bool follow) =>
        from source in Sources
        from target in Targets
        where !follow || source.Contains("link", StringComparison.Ordinal) || source == "dangling"
        where Full || (source.Length + (3 * target.Length)) % 5 == 0
        select (source, target);

    /// <summary>
    /// Docker compose cannot copy the content of a directory to a link that ends with a slash. It can without the slash; we can
    /// with it too.
    /// </summary>
    private static bool IsTheirFault(string source, string target) =>
        target == "link/" && source.EndsWith("/.", StringComparison.Ordinal);

    private static async Task<(ComposeContainer Theirs, ComposeContainer Ours)> CreateAsync(EngineProject project)
    {
        await project.UpAsync(File, new UpOptions { NoStart = true });
        var containers = await project.ContainersAsync();
        return (
            containers.Single(container => container.Service == "theirs"),
            containers.Single(container => container.Service == "ours"));
    }

    private static async Task<ComposeException?> TryAsync(Func<Task> copy)
    {
        try
        {
            await copy();
            return null;
        }
        catch (ComposeException exception)
        {
            return exception;
        }
    }

    private static string Fixture(string folder, string name, string text)
    {
        var root = Path.Combine(folder, name);
        foreach (var directory in new[] { "dir/sub", "deep/empty" })
            Directory.CreateDirectory(Path.Combine(root, directory));
        System.IO.File.WriteAllText(Path.Combine(root, "dir/" + text), text);
        System.IO.File.WriteAllText(Path.Combine(root, "dir/file"), text + " in dir");
        System.IO.File.WriteAllText(Path.Combine(root, "dir/sub/script"), text);
        System.IO.File.SetUnixFileMode(Path.Combine(root, "dir/sub/script"), (UnixFileMode)0x1ED);
        System.IO.File.SetUnixFileMode(Path.Combine(root, "dir"), (UnixFileMode)0x1C0);
        System.IO.File.WriteAllText(Path.Combine(root, "file"), text);
        System.IO.File.CreateSymbolicLink(Path.Combine(root, "link"), "dir");
        System.IO.File.CreateSymbolicLink(Path.Combine(root, "filelink"), "dir/file");
        System.IO.File.CreateSymbolicLink(Path.Combine(root, "dangling"), "dir/nowhere");
        return root;
    }

    private static string List(string root) =>
        string.Join("; ", new DirectoryInfo(root).EnumerateFileSystemInfos("*", SearchOption.AllDirectories)
        .Select(item =>
            $"{Path.GetRelativePath(root, item.FullName)} {item.UnixFileMode} "
                + item.LinkTarget
                + (item is FileInfo { LinkTarget: null } file ? System.IO.File.ReadAllText(file.FullName) : ""))
        .OrderBy(line => line, StringComparer.Ordinal));

    private static async Task<string> ListAsync(EngineProject project, ComposeContainer container, string root)
    {
        var reader = new TarReader(
            new MemoryStream(await project.Session.Copy.ReadArchiveAsync(container, root, false, CancellationToken.None)));
        var lines = new List<string>();
        var buffer = new byte[1000];
        while (await reader.NextAsync(CancellationToken.None) is { } entry)
        {
            var read = await reader.ReadAsync(buffer, CancellationToken.None);
            lines.Add(
                $"{entry.Name} {entry.Kind} {entry.LinkName} {entry.Attributes.Mode} {entry.Attributes.Uid} "
                    + $"{Encoding.UTF8.GetString(buffer, 0, read)}");
        }

        return string.Join("; ", lines.OrderBy(line => line, StringComparer.Ordinal));
    }
}
