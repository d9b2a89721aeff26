using Compose.Events;
using Compose.Plan.Commands;
using Compose.Plan.Input;
using Compose.State.Choosing;
using Compose.Streams;
using Compose.Streams.Logs;
using Compose.Tests.Support;

namespace Compose.Tests.Streams;

/// <summary>Logs of a real project.</summary>
public sealed class LogReaderTests
{
    private const string Yaml = """
        services:
          a:
            image: busybox
            init: true
            command: sh -c 'for i in 1 2 3; do echo a$$i; sleep 0.2; done; echo wrong >&2; sleep 60'
          b:
            image: busybox
            init: true
            tty: true
            command: sh -c 'sleep 0.1; for i in 1 2 3; do echo b$$i; sleep 0.2; done; sleep 60'
        """;

    [EngineFact]
    public async Task Lines_are_merged_by_time_across_containers_and_kinds()
    {
        await using var project = await EngineProject.CreateAsync("logs");
        await project.UpAsync(Yaml);
        await Task.Delay(1200);

        var entries = await ReadAsync(project, new LogRequest { Choice = Of(project) });

        Assert.Equal(
            ["a1", "a2", "a3", "b1", "b2", "b3", "wrong"],
            entries.Select(entry => entry.Message).OrderBy(message => message, StringComparer.Ordinal));
        Assert.Equal(entries.Select(entry => entry.Timestamp).OrderBy(time => time), entries.Select(entry => entry.Timestamp));
        Assert.Equal("stderr", entries.Single(entry => entry.Message == "wrong").Stream);
        Assert.Equal(
            (1, "b", project.Name),
            entries.Where(entry => entry.Service == "b")
                .Select(entry => (entry.Replica, entry.Service, entry.ProjectName))
                .First());
        Assert.Equal(
            ["b3"],
            (await ReadAsync(project, new LogRequest { Choice = Of(project) with { Services = ["b"] }, Tail = 1 }))
                .Select(entry => entry.Message));
        Assert.Empty(
            await ReadAsync(project, new LogRequest { Choice = Of(project), Until = entries[0].Timestamp.AddMinutes(-1) }));
    }

    [EngineFact]
    public async Task Following_takes_in_a_container_that_starts_later_and_ends_on_cancel()
    {
        await using var project = await EngineProject.CreateAsync("logsfollow");
        await project.UpAsync("services: {a: {image: busybox, init: true, command: sh -c 'echo early; sleep 60'}}");
        using var stop = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        var sink = new CollectingSink(entry => { if (entry.Message == "late") stop.Cancel(); });
        var following = project.Session.Streams.ReadLogsAsync(
            new LogRequest { Choice = Of(project), Follow = true }, sink, stop.Token);
        await Task.Delay(300);

        await project.UpAsync("""
            services:
              a: {image: busybox, init: true, command: sh -c 'echo early; sleep 60'}
              z: {image: busybox, init: true, command: sh -c 'echo late; sleep 60'}
            """);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => following);
        Assert.Equal(["early", "late"], sink.Entries.Select(entry => entry.Message));
    }

    [EngineFact]
    public async Task Following_goes_on_when_a_container_starts_again_and_takes_a_recreated_one_from_its_beginning()
    {
        await using var project = await EngineProject.CreateAsync("logsagain");
        const string Yaml = "services: {a: {image: busybox, command: sh -c 'echo old; exec sleep 60', stop_grace_period: 0s}}";
        await project.UpAsync(Yaml);
        using var stop = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        var sink = new CollectingSink(entry => { if (entry.Message == "new") stop.Cancel(); });
        var following = project.Session.Streams.ReadLogsAsync(
            new LogRequest { Choice = Of(project), Follow = true, Tail = 0 }, sink, stop.Token);
        await Task.Delay(1000);
        await project.RunAsync(
            await project.Session.Plans.LifecycleAsync(
                RestartPlanner.Plan, new LifecycleRequest { ProjectName = project.Name }, default));
        await Task.Delay(1000);

        await project.UpAsync(Yaml.Replace("echo old", "echo new"));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => following);
        Assert.Equal(["old", "new"], sink.Entries.Select(entry => entry.Message));
    }

    [EngineFact]
    public async Task A_log_driver_that_keeps_nothing_is_warned_of()
    {
        await using var project = await EngineProject.CreateAsync("logsnone");
        await project.UpAsync("""
            services:
              a: {image: busybox, command: echo heard}
              b: {image: busybox, command: echo lost, logging: {driver: none}}
            """);
        await project.ReachedAsync("Exited");

        var sink = new CollectingSink(_ => { });
        await project.Session.Streams.ReadLogsAsync(new LogRequest { Choice = Of(project) }, sink, default);

        Assert.Equal("heard", Assert.Single(sink.Entries).Message);
        Assert.Contains("logsnone-b-1", Assert.Single(sink.Warnings));
    }

    private static ContainerChoice Of(EngineProject project) => new() { ProjectName = project.Name };

    private static async Task<List<ComposeLogEntry>> ReadAsync(EngineProject project, LogRequest request)
    {
        var sink = new CollectingSink(_ => { });
        await project.Session.Streams.ReadLogsAsync(request, sink, CancellationToken.None);
        return sink.Entries;
    }

    private sealed class CollectingSink(Action<ComposeLogEntry> seen) : IEventSink
    {
        public List<ComposeLogEntry> Entries { get; } = [];
        public List<string> Warnings { get; } = [];

        public void Emit(ComposeEvent composeEvent)
        {
            if (composeEvent is WarningEvent warning)
                Warnings.Add(warning.Message);
            if (composeEvent is not ResultsEvent results)
                return;
            foreach (var entry in results.Results.Cast<ComposeLogEntry>())
            {
                lock (Entries)
                    Entries.Add(entry);
                seen(entry);
            }
        }

        public ValueTask EmitAsync(ComposeEvent composeEvent, CancellationToken cancellationToken)
        {
            Emit(composeEvent);
            return default;
        }
    }
}
