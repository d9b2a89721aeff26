using System.Text;
using Compose.Engine.Api;
using Compose.Engine.Own;
using Compose.Execute.Session;
using Compose.Execute.Waiting;
using Compose.Module.Common.Output;
using Compose.Plan;
using Compose.Plan.Input;
using Compose.State.Choosing;
using Compose.Tests.Engine.Api;
using Compose.Tests.Support;

namespace Compose.Tests.Execute.Waiting;

/// <summary>Waiting for dependencies: events may be lost or late, and a failed wait says why.</summary>
public class WaitTests
{
    private const string Sleeper = "image: busybox\n    command: sleep 600\n    stop_grace_period: 0s";

    /// <summary>The number of services: 200 with COMPOSE_TEST_FULL=1.</summary>
    private static readonly int Services = Environment.GetEnvironmentVariable("COMPOSE_TEST_FULL") == "1" ? 200 : 20;

    [EngineFact]
    public async Task No_event_that_is_lost_hangs_a_wait()
    {
        // The events are requested but never read: the engine drops them when the reader is too slow.
        using var proxy = new EngineProxy { Mutes = request => request.Contains("/events", StringComparison.Ordinal) };
        await using var project = await EngineProject.CreateAsync("deaf", proxy.Host);
        var yaml = new StringBuilder($"services:\n  all:\n    {Sleeper}\n    depends_on:\n");
        for (var number = 0; number < Services; number++)
            yaml.Append("      s")
                .Append(number)
                .Append(": { condition: ")
                .Append(number % 2 == 0 ? "service_healthy" : "service_completed_successfully")
                .Append(" }\n");
        for (var number = 0; number < Services; number++)
        {
            yaml.Append("  s").Append(number).Append(":\n    ").Append(number % 2 == 0
                ? $"{Sleeper}\n    healthcheck: {{ test: [CMD, 'true'], interval: 2s }}\n    network_mode: none\n"
                : "image: busybox\n    command: sleep 3\n    network_mode: none\n");
        }

        var report = await project.UpAsync(yaml.ToString()).WaitAsync(TimeSpan.FromMinutes(5));

        report.AssertSucceeded();
        Assert.Equal("Running", (await project.ContainersAsync()).Single(container => container.Service == "all").State);
    }

    /// <summary>
    /// The consumer blocks on its first event for a minute or, in a short test, until everything has started.
    /// </summary>
    [EngineFact]
    public async Task A_consumer_that_sleeps_holds_no_wait_up()
    {
        await using var project = await EngineProject.CreateAsync("slow");
        var yaml = new StringBuilder($"services:\n  all:\n    {Sleeper}\n    depends_on:\n");
        for (var number = 0; number < Services; number++)
            yaml.Append("      s")
                .Append(number)
                .Append(": { condition: ")
                .Append(
                    number % 20 == 0 ? "service_healthy" : number % 2 == 0 ? "service_started" : "service_completed_successfully")
                .Append(" }\n");
        for (var number = 0; number < Services; number++)
        {
            yaml.Append("  s")
                .Append(number)
                .Append(":\n    network_mode: none\n    ")
                .Append(number % 2 == 0 ? Sleeper : "image: busybox\n    command: 'true'")
                .Append('\n')
                .Append(number % 20 == 0 ? "    healthcheck: { test: [CMD, 'true'], interval: 1s }\n" : "");
        }

        var run = new UpRun(project.Session, project.Load(yaml.ToString()), new UpOptions());
        using var ended = new ManualResetEventSlim();
        var (told, endedInTime) = (0, false);
        var pump = new EventPump(_ =>
        {
            if (told++ == 0)
                endedInTime = ended.Wait(TimeSpan.FromSeconds(60));
        }, () => { }, default);

        pump.Run(async (sink, cancellationToken) =>
        {
            while (await run.NextAsync(Answers.None, cancellationToken) is { } plan)
                await run.ExecuteAsync(plan, new ExecuteOptions(), sink, cancellationToken);
            ended.Set();
            return run.Report;
        });

        run.Report!.AssertSucceeded();
        Assert.True(endedInTime, "The run waited for its consumer.");
        Assert.True(told > Services);
    }

    [EngineFact]
    public async Task An_unhealthy_dependency_is_explained_by_its_probe_and_its_last_words()
    {
        await using var project = await EngineProject.CreateAsync("unhealthy");
        var report = await project.UpAsync($$"""
            services:
              db:
                image: busybox
                command: sh -c 'echo recovering; sleep 600'
                stop_grace_period: 0s
                healthcheck: { test: [CMD-SHELL, 'echo lock held by 17; exit 9'], interval: 1s, retries: 1 }
              web:
                {{Sleeper}}
                depends_on: { db: { condition: service_healthy } }
            """);

        var failed = Assert.Single(report.Failed);
        Assert.Equal("DependencyUnhealthy", failed.Error!.Id);
        Assert.Matches(
            "convergeunhealthy-db-1 is unhealthy.*ended with 9: lock held by 17.*recovering", failed.Reason!.Replace("\n", " "));
    }

    [EngineFact]
    public async Task A_wait_that_runs_out_of_time_says_how_far_it_came()
    {
        await using var project = await EngineProject.CreateAsync("late");
        var report = await project.UpAsync("""
            services:
              db:
                image: busybox
                command: sh -c 'echo warming up; sleep 600'
                stop_grace_period: 0s
                healthcheck: { test: [CMD-SHELL, 'echo not yet; exit 1'], interval: 1s, retries: 100 }
            """, new UpOptions { Wait = true, WaitTimeout = TimeSpan.FromSeconds(3) });

        var failed = Assert.Single(report.Failed);
        Assert.Equal("WaitTimeout", failed.Error!.Id);
        Assert.Matches(
            "convergelate-db-1 .*within 3 s.*running, starting.*ended with 1: not yet.*warming up",
            failed.Reason!.Replace("\n", " "));
    }

    [EngineFact]
    public async Task Waiting_counts_a_one_shot_that_ends_with_0_as_there_and_tells_of_one_that_does_not()
    {
        await using var project = await EngineProject.CreateAsync("shot");
        const string Yaml =
            $"services:\n  web:\n    {Sleeper}\n  job:\n    image: busybox\n    command: sh -c 'echo seeded; exit 0'\n";

        Assert.Empty((await project.UpAsync(Yaml, new UpOptions { Wait = true })).Failed);
        var failed = Assert.Single(
            (await project.UpAsync(Yaml.Replace("exit 0", "exit 4"), new UpOptions { Wait = true })).Failed);

        Assert.Equal("DependencyExited", failed.Error!.Id);
        Assert.Matches("convergeshot-job-1 exited \\(4\\).*seeded", failed.Reason!.Replace("\n", " "));
    }

    /// <summary>The first check finds both running, and does not yet report their health.</summary>
    [EngineTheory]
    [InlineData("no", "sleep 0.2; echo broken; exit 4")]
    [InlineData("always", "echo broken; exit 4")]
    public async Task A_wait_is_not_taken_in_by_a_container_that_ends_right_after_its_start(string restart, string command)
    {
        await using var project = await EngineProject.CreateAsync("brief" + restart);
        var report = await project.UpAsync($$"""
            services:
              web:
                image: busybox
                restart: "{{restart}}"
                command: sh -c '{{command}}'
            """, new UpOptions { Wait = true });

        var failed = Assert.Single(report.Failed);
        Assert.Equal("DependencyExited", failed.Error!.Id);
        Assert.Matches("-web-1 exited \\(4\\).*broken", failed.Reason!.Replace("\n", " "));
    }

    [EngineFact]
    public async Task A_container_that_ran_out_of_memory_is_said_to_have()
    {
        await using var project = await EngineProject.CreateAsync("oom");
        var report = await project.UpAsync($$"""
            services:
              hog:
                image: busybox
                command: sh -c 'tail /dev/zero'
                mem_limit: 16m
                memswap_limit: 16m
              web:
                {{Sleeper}}
                depends_on: { hog: { condition: service_completed_successfully } }
            """);

        Assert.Matches("hog.*exit 137.*ran out of memory", Assert.Single(report.Failed).Reason!.Replace("\n", " "));
        var request = new WaitRequest
        {
            Choice = new ContainerChoice { ProjectName = project.Name, Services = ["hog"] },
            For = WaitFor.Exited,
        };
        using var wait = await project.Session.Waits.BeginAsync(request, default);
        Assert.True(Assert.Single(await wait.PollAsync(project, default)).OutOfMemory);
    }

    [Fact]
    public async Task A_look_is_settled_before_it_is_told_whether_memory_ran_out()
    {
        // At first, inspect of a killed container does not report it; later it does.
        static string Look(string known) =>
            $$$"""
            {"Id":"c1","Name":"/hog","Config":{},"HostConfig":{},
             "State":{"Status":"exited","Running":false,"ExitCode":137,"OOMKilled":{{{known}}}}}
            """;
        static string Answer(string body) =>
            $"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {body.Length}\r\n\r\n{body}";
        using var fake = new FakeEngine(
            [FakeEngine.Ping, .. new[] { "false", "false", "true" }.Select(known => Answer(Look(known)))]);
        using var engine = await EngineClient.ConnectAsync(fake.Endpoint, default);

        var look = await ContainerDiagnostics.SettledAsync(engine, await engine.Containers.InspectAsync("c1", default), default);

        Assert.True(look.State.OOMKilled);
    }
}
