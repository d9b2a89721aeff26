using Compose.Execute;
using Compose.Execute.Session;
using Compose.Plan;
using Compose.Plan.Commands;
using Compose.Plan.Input;
using Compose.Tests.Support;

namespace Compose.Tests.Execute.Faults;

/// <summary>An engine that confirms a request without carrying it out is detected.</summary>
public class EffectTests
{
    private const string Yaml = "services:\n  web:\n    image: busybox\n    volumes: [data:/data]\nvolumes:\n  data: {}\n";

    [Theory]
    [InlineData("POST /volumes/create", "The engine said that it created volume convergelies_data, and does not know it.")]
    [InlineData("POST /networks/create", "The engine said that it created network convergelies_default, and it is not there.")]
    [InlineData("/start", "The engine said that it started container convergelies-web-1, and it was never started.")]
    public async Task What_was_said_and_not_done_is_an_error(string request, string message)
    {
        using var proxy = new FaultProxy(new MemoryEngine());
        await using var project = await EngineProject.CreateAsync("lies", proxy.Host);
        proxy.Arm(FaultKind.AnswerWithoutEffect, request);

        var report = await UpAsync(project, Yaml);

        var failed = Assert.Single(report.Failed);
        Assert.Equal(("AnswerWithoutEffect", message), (failed.Error!.Id, failed.Reason));
        Assert.NotNull(failed.Error.Advice);
        Assert.Empty((await UpAsync(project, Yaml)).Failed);
    }

    [Fact]
    public async Task A_stop_that_stopped_nothing_is_an_error()
    {
        using var proxy = new FaultProxy(new MemoryEngine());
        await using var project = await EngineProject.CreateAsync("lies", proxy.Host);
        await UpAsync(project, Yaml);
        proxy.Arm(FaultKind.AnswerWithoutEffect, "/stop");

        var plan = await project.Session.Plans.LifecycleAsync(
            LifecyclePlanner.Stop, new LifecycleRequest { ProjectName = project.Name }, default);
        var failed = Assert.Single((await project.RunAsync(plan)).Failed);

        Assert.Equal("The engine said that it stopped container convergelies-web-1, and it still runs.", failed.Reason);
    }

    [EngineTheory]
    [InlineData("on-failure:1", true)]
    [InlineData("no", false)]
    public async Task A_container_that_failed_is_an_error_where_it_was_to_go_on_and_a_warning_where_it_may_be_a_job(
        string policy, bool isError)
    {
        await using var project = await EngineProject.CreateAsync("crashes");
        // The second service starts after the first has ended.
        var crash = $$"""
            services:
              web:
                image: busybox
                command: sh -c 'echo no such table; exit 3'
                restart: "{{policy}}"
              job:
                image: busybox
                command: 'true'
              last:
                image: busybox
                command: sleep 600
                stop_grace_period: 0s
                pre_start: [{ command: sleep 3 }]
                depends_on: [web, job]
            """;

        var failed = (await UpAsync(project, crash)).Failed;

        const string Told = "container convergecrashes-web-1 exited (3); last output of convergecrashes-web-1:\n  no such table";
        Assert.Equal(
            isError, failed.Any(one => (one.ToString(), one.Error!.Id) == ("StartContainer service:web:1", "ContainerExited")));
        Assert.Equal(isError ? 1 : 0, failed.Count);
        Assert.StartsWith(Told, isError ? failed[0].Reason : Assert.Single(project.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_costs_no_request_more_than_the_list_up_ends_with()
    {
        using var proxy = new FaultProxy(new MemoryEngine());
        await using var project = await EngineProject.CreateAsync("lies", proxy.Host);
        proxy.Arm(null, 0);

        var model = project.Load("services:\n  web:\n    image: busybox\n    scale: 5\n");
        var run = new UpRun(project.Session, model, new UpOptions()) { ChecksEffects = true };
        while (await run.NextAsync(Answers.None, default) is { } plan)
            await run.ExecuteAsync(plan, new ExecuteOptions(), project, default);

        // Four lists, the network with the check of its name, and the list at the end. The ping came before.
        Assert.Equal((2 * 5) + 7, proxy.Seen.Count);
        Assert.Equal(5, run.Containers!.Count);
    }

    private static async Task<ExecutionReport> UpAsync(EngineProject project, string yaml)
    {
        var run = new UpRun(project.Session, project.Load(yaml), new UpOptions()) { ChecksEffects = true };
        while (await run.NextAsync(Answers.None, default) is { } plan)
            await run.ExecuteAsync(plan, new ExecuteOptions(), project, default);
        return run.Report!;
    }
}
