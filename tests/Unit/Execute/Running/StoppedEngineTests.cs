using Compose.Execute.Waiting;
using Compose.State.Choosing;
#if NET
using Compose.Errors;
using Compose.Events;
using Compose.Execute;
using Compose.Execute.Copy;
using Compose.Execute.Watch;
using Compose.Tests.Support;

namespace Compose.Tests.Execute.Running;

/// <summary>An engine that is stopped, or restarted, while work runs.</summary>
public class StoppedEngineTests
{
    /// <summary>Exits with 143 shortly after SIGTERM.</summary>
    private const string Slow = """
        services:
          web:
            image: busybox
            command: sh -c 'trap "sleep 1; exit 143" TERM; while :; do sleep 0.1; done'
            network_mode: none
        """;

    [OwnEngineFact]
    public async Task A_container_that_ends_with_its_engine_is_one_that_has_ended()
    {
        await using var engine = await OwnEngine.StartAsync();
        await using var project = await EngineProject.CreateAsync("ending", engine.Host);
        (await project.UpAsync(Slow)).AssertSucceeded();
        using var wait = await project.Session.Waits.BeginAsync(Exit(project), default);
        Assert.Empty(await wait.PollAsync(project, default));

        var stopping = engine.StopAsync();
        var reached = new List<ComposeWaitResult>();
        for (var clock = System.Diagnostics.Stopwatch.StartNew(); !wait.IsOver && clock.Elapsed < TimeSpan.FromSeconds(20);)
        {
            await wait.WaitForChangeAsync(TimeSpan.FromSeconds(1), default);
            reached.AddRange(await wait.PollAsync(project, default));
        }

        Assert.Equal(("web", "Exited", 143), (Assert.Single(reached).Service, reached[0].State, reached[0].ExitCode));
        await stopping;
        await engine.BeginAsync();
    }

    [OwnEngineFact]
    public async Task A_watch_goes_on_when_its_engine_is_there_again_and_brings_over_what_changed_meanwhile()
    {
        await using var engine = await OwnEngine.StartAsync();
        await using var project = await EngineProject.CreateAsync("watched", engine.Host);
        var folder = Directory.CreateDirectory(Path.Combine(project.Folder, "src")).FullName;
        var model = project.Load("""
            services:
              web:
                image: busybox
                command: sleep 600
                init: true
                restart: always
                network_mode: none
                develop: { watch: [{ path: ./src, target: /src, action: sync }] }
            """);
        (await project.UpAsync(model)).AssertSucceeded();
        var sink = new Told();
        using var over = new CancellationTokenSource();
        using var watch = new ProjectWatch(project.Session, model, new WatchOptions(), sink);
        var running = Task.Run(() => watch.RunAsync(sink, over.Token));
        await File.WriteAllTextAsync(Path.Combine(folder, "first"), "1");
        await sink.UntilAsync(told => told.Contains("Sync first"));

        await engine.StopAsync();
        await File.WriteAllTextAsync(Path.Combine(folder, "second"), "2");
        await sink.UntilAsync(told => told.Exists(line => line.StartsWith("Engine", StringComparison.Ordinal)));
        await engine.BeginAsync();
        await sink.UntilAsync(told => told.Contains("Sync second"));
        await File.WriteAllTextAsync(Path.Combine(folder, "third"), "3");
        await sink.UntilAsync(told => told.Contains("Sync third"));

        Assert.Equal(
            "1 2 3",
            (await project.RunInAsync("web", "sh", "-c",
                "cat /src/first; echo -n ' '; cat /src/second; echo -n ' '; cat /src/third")).Output);
        Assert.Single(sink.Lines, line => line.StartsWith("Engine", StringComparison.Ordinal));
        await over.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
    }

    [OwnEngineFact]
    public async Task A_copy_into_a_container_whose_engine_stops_is_an_error_and_another_works_afterwards()
    {
        await using var engine = await OwnEngine.StartAsync();
        await using var project = await EngineProject.CreateAsync("copied", engine.Host);
        (await project.UpAsync(Slow)).AssertSucceeded();
        var container = (await project.ContainersAsync()).Single();
        // The copy is not stored on disk here, and takes longer than the engine has.
        var big = project.Write("big", "");
        using (var file = File.OpenWrite(big))
            file.SetLength(20_000_000_000);

        var copying = project.Session.Copy.IntoAsync(
            container, new CopyInput.HostPath(big, false), "/big", false, project, default);
        await Task.Delay(100);
        await engine.StopAsync();
        var error = await Record.ExceptionAsync(() => copying.WaitAsync(TimeSpan.FromSeconds(20)));
        await engine.BeginAsync();
        var copied = await project.Session.Copy.IntoAsync(
            container, new CopyInput.HostPath(project.Write("small", "content"), false), "/big", false, project, default);

        Assert.True(
            error is ComposeException stopped && EngineErrors.IsGone(stopped.Info.Id),
            error?.ToString() ?? "The copy was done before the engine stopped.");
        Assert.Equal((1, 7), (copied.Items, copied.Bytes));
    }

    private static WaitRequest Exit(EngineProject project) =>
        new() { Choice = new ContainerChoice { ProjectName = project.Name }, For = WaitFor.Exited };

    /// <summary>The output of a watch: an action with its files, or the id of an error.</summary>
    private sealed class Told : IEventSink
    {
        private readonly List<string> _lines = [];

        public List<string> Lines
        {
            get
            {
                lock (_lines)
                    return [.. _lines];
            }
        }

        public async Task UntilAsync(Predicate<List<string>> isSo)
        {
            for (var clock = System.Diagnostics.Stopwatch.StartNew(); !isSo(Lines); await Task.Delay(20))
                Assert.True(clock.Elapsed < TimeSpan.FromSeconds(30), string.Join("\n", Lines));
        }

        public void Emit(ComposeEvent composeEvent)
        {
            var line = composeEvent switch
            {
                ErrorEvent error => error.Error.Id,
                ResultEvent { Result: ComposeWatchEvent done } =>
                    $"{done.Action} {string.Join(", ", done.Changed.Select(Path.GetFileName))}",
                _ => null,
            };
            lock (_lines)
                _lines.AddRange(line is null ? [] : [line]);
        }

        public ValueTask EmitAsync(ComposeEvent composeEvent, CancellationToken cancellationToken)
        {
            Emit(composeEvent);
            return default;
        }
    }
}
#endif
