using Compose.Events;
using Compose.Execute.Watch;

namespace Compose.Tests.Execute.Watch;

/// <summary>Notifications of real file changes.</summary>
public sealed class FileChangesTests : IDisposable, IEventSink
{
    private static readonly TimeSpan Quiet = TimeSpan.FromMilliseconds(200);
    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("watch");

    private string Root => _root.FullName;

    [Fact]
    public async Task Writes_creations_deletions_and_moves_come_as_one_batch()
    {
        Write("a", "1");
        Write("gone", "1");
        Write("old/deep/file", "1");
        using var changes = new FileChanges([WatchRuleTests.Rule(Root, ignore: "*.log")]);

        Write("a", "22");
        Write("new/deep/file", "1");
        Write("x.log", "1");
        File.Delete(In("gone"));
        Directory.Move(In("old"), In("moved"));

        Assert.Equal(
            ["a", "-gone", "moved", "moved/deep", "moved/deep/file", "new", "new/deep", "new/deep/file", "-old"],
            await NextAsync(changes));
    }

    [Fact]
    public async Task An_editor_that_replaces_the_file_is_one_change()
    {
        Write("a", "1");
        using var changes = new FileChanges([WatchRuleTests.Rule(In("a"))]);

        Write("a.new", "22");
        File.Move(In("a"), In("a~"));
        File.Move(In("a.new"), In("a"));
        File.Delete(In("a~"));

        Assert.Equal(["a"], await NextAsync(changes));
    }

    [Fact]
    public async Task A_path_that_comes_later_is_watched()
    {
        using var changes = new FileChanges([WatchRuleTests.Rule(In("later/src"))]);

        Write("later/src/a", "1");

        Assert.Contains("later/src/a", await NextAsync(changes));
    }

    [Fact]
    public async Task Many_changes_lose_none()
    {
        using var changes = new FileChanges([WatchRuleTests.Rule(Root)]);
        for (var number = 0; number < 3000; number++)
            Write($"d{number % 50}/f{number}", "1");

        var seen = new HashSet<string>();
        while (seen.Count < 3050)
            seen.UnionWith(await NextAsync(changes));

        Assert.Equal(3050, seen.Count);
    }

    [Fact]
    public async Task What_is_ignored_and_always_changes_holds_no_batch_back()
    {
        Write("a", "1");
        using var changes = new FileChanges([WatchRuleTests.Rule(Root, ignore: "*.log")]);
        using var noise = NoiseAt("x.log");

        // If the noise held batches back, each would take five seconds. A busy machine can only make a few of them late.
        var shortest = TimeSpan.MaxValue;
        for (var attempt = 0; attempt < 5 && shortest >= TimeSpan.FromSeconds(4); attempt++)
        {
            Write("a", new string('2', attempt + 2));
            var clock = System.Diagnostics.Stopwatch.StartNew();
            Assert.Equal(["a"], await NextAsync(changes));
            shortest = clock.Elapsed < shortest ? clock.Elapsed : shortest;
        }

        Assert.InRange(shortest, TimeSpan.Zero, TimeSpan.FromSeconds(4));
    }

    [Fact]
    public async Task What_always_changes_is_a_batch_all_the_same()
    {
        using var changes = new FileChanges([WatchRuleTests.Rule(Root)]);
        using var noise = NoiseAt("busy");

        Assert.Contains("busy", await NextAsync(changes));
    }

    /// <summary>
    /// Writes a file repeatedly and keeps it open: on Windows nothing else can write it meanwhile, and a failed write in a
    /// timer would end the test runner.
    /// </summary>
    private NoisyFile NoiseAt(string name) => new(In(name));

    [Fact]
    public void A_look_at_everything_finds_what_no_notice_told()
    {
        Write("a", "1");
        Write("b", "1");
        var snapshot = new FileSnapshot([WatchRuleTests.Rule(Root)]);
        snapshot.Update(Root);

        Write("a", "22");
        Write("c", "1");
        File.Delete(In("b"));

        Assert.Equal(
            ["a", "-b", "c"], snapshot.Update(Root).Select(Text).OrderBy(text => text.TrimStart('-'), StringComparer.Ordinal));
        Assert.Empty(snapshot.Update(Root));
    }

    [Fact]
    public void What_was_a_directory_goes_before_the_file_of_its_name_comes()
    {
        Write("a/deep/x", "1");
        Write("b", "1");
        var snapshot = new FileSnapshot([WatchRuleTests.Rule(Root)]);
        snapshot.Update(Root);

        Directory.Delete(In("a"), true);
        Write("a", "1");
        File.Delete(In("b"));
        Write("b/x", "1");

        Assert.Equal(
            ["-a", "a", "-a/deep", "-b", "b", "b/x"],
            snapshot.Update(In("a"), In("b"), In("b/x"))
                .Select(Text)
                .OrderBy(text => text.TrimStart('-'), StringComparer.Ordinal));
    }

    [Fact]
    public void Only_what_is_named_and_below_it_is_looked_at()
    {
        Write("a/x", "1");
        Write("b/x", "1");
        var snapshot = new FileSnapshot([WatchRuleTests.Rule(Root)]);
        snapshot.Update(Root);

        File.Delete(In("a/x"));
        Directory.Delete(In("b"), true);

        Assert.Equal(["-b"], snapshot.Update(In("b"), In("b/x")).Select(Text));
        Assert.Equal(["-a/x"], snapshot.Update(In("a")).Select(Text));
    }

    [Fact]
    public void Links_are_not_followed()
    {
        Directory.CreateSymbolicLink(In("loop"), Root);
        var snapshot = new FileSnapshot([WatchRuleTests.Rule(Root)]);

        Assert.Equal(["", "loop"], snapshot.Update(Root).Select(Text).OrderBy(text => text, StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_quiet_time_ends_a_batch_and_a_stop_ends_the_watching()
    {
        using var changes = new FileChanges([WatchRuleTests.Rule(Root)]);
        using var stop = new CancellationTokenSource(300);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => changes.NextAsync(Quiet, this, stop.Token));
    }

    private async Task<IReadOnlyList<string>> NextAsync(FileChanges changes)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        return [
            .. (await changes.NextAsync(Quiet, this, limit.Token))
            .Where(change => change.Path != Root)
            .Select(Text)
            .OrderBy(text => text.TrimStart('-'), StringComparer.Ordinal)];
    }

    private string Text(FileChange change) =>
        (change.Deleted ? "-" : "") + (
            change.Path == Root ? "" : Path.GetRelativePath(Root, change.Path).Replace(Path.DirectorySeparatorChar, '/'));

    private string In(string name) => Path.Combine(Root, name);

    private void Write(string name, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(In(name))!);
        File.WriteAllText(In(name), text);
    }

    void IEventSink.Emit(ComposeEvent composeEvent) => Assert.Fail(composeEvent.ToString());

    ValueTask IEventSink.EmitAsync(ComposeEvent composeEvent, CancellationToken cancellationToken) => default;

    public void Dispose() => _root.Delete(true);

    private sealed class NoisyFile : IDisposable
    {
        private readonly FileStream _file;
        private readonly Timer _timer;

        public NoisyFile(string path)
        {
            _file = new FileStream(path, FileMode.Append, FileAccess.Write, FileShare.Read);
            _timer = new Timer(_ => Write(), null, 0, 20);
        }

        public void Dispose()
        {
            _timer.Dispose();
            lock (_file)
                _file.Dispose();
        }

        private void Write()
        {
            lock (_file)
            {
                if (!_file.CanWrite)
                    return;
                _file.WriteByte((byte)'.');
                _file.Flush();
            }
        }
    }
}
