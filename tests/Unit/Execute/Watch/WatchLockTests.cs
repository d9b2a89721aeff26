using System.Diagnostics;
using System.Globalization;
using Compose.Errors;
using Compose.Events;
using Compose.Execute.Watch;

namespace Compose.Tests.Execute.Watch;

/// <summary>One watch for each project, also with docker compose's watch.</summary>
public sealed class WatchLockTests : IDisposable, IEventSink
{
    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("lock");
    private readonly List<ComposeEvent> _events = [];

    private string File => Path.Combine(_root.FullName, "demo.pid");

    [Fact]
    public void Is_taken_once_and_free_again()
    {
        using (WatchLock.TryTake(_root.FullName, "demo", this))
        {
            Assert.Equal(
                "AlreadyWatched", Assert.Throws<ComposeException>(() => WatchLock.TryTake(_root.FullName, "demo", this)).Info.Id);
            using var other = WatchLock.TryTake(_root.FullName, "other", this);
            Assert.NotNull(other);
        }

        using var again = WatchLock.TryTake(_root.FullName, "demo", this);
        Assert.NotNull(again);
        Assert.Empty(_events);
    }

    [Fact]
    public void Tells_others_who_holds_it_and_then_nothing()
    {
        using (WatchLock.TryTake(_root.FullName, "demo", this))
        {
            if (Path.DirectorySeparatorChar == '/')
                Assert.Equal(Own(), Shell($"cat '{File}'"));
        }

        Assert.Equal("", System.IO.File.ReadAllText(File));
    }

    [Theory]
    [InlineData("999999999")]
    [InlineData("not a number")]
    [InlineData("own")]
    public void What_nobody_holds_any_more_is_taken_over(string content)
    {
        System.IO.File.WriteAllText(File, content == "own" ? Own() : content);

        using var taken = WatchLock.TryTake(_root.FullName, "demo", this);

        Assert.NotNull(taken);
    }

    [Fact]
    public void Without_a_place_for_it_there_is_a_warning()
    {
        System.IO.File.WriteAllText(File, "");

        Assert.Null(WatchLock.TryTake(Path.Combine(File, "below"), "demo", this));
        Assert.IsType<WarningEvent>(Assert.Single(_events));
    }

    private static string Own()
    {
        using var self = Process.GetCurrentProcess();
        return self.Id.ToString(CultureInfo.InvariantCulture);
    }

    private static string Shell(string command)
    {
        using var shell = Process.Start(
            new ProcessStartInfo("sh", $"-c \"{command}\"") { RedirectStandardOutput = true, UseShellExecute = false })!;
        return shell.StandardOutput.ReadToEnd();
    }

    void IEventSink.Emit(ComposeEvent composeEvent) => _events.Add(composeEvent);

    ValueTask IEventSink.EmitAsync(ComposeEvent composeEvent, CancellationToken cancellationToken) => default;

    public void Dispose() => _root.Delete(true);
}
