using Compose.Execute.Running;
using Compose.Execute.Session;
using Compose.Plan;
using Compose.Plan.Building;
using Compose.Tests.Plan;
using Compose.Tests.Support;

namespace Compose.Tests.Execute.Running;

/// <summary>A failed service makes its dependents fail, and nothing else.</summary>
public class PartialFailureTests
{
    private const string Sleeper = "image: busybox\n    command: sleep 600\n    stop_grace_period: 0s";
    private const string Absent = "127.0.0.1:1/absent:1";

    [EngineFact]
    public async Task What_does_not_need_an_image_that_cannot_be_had_is_brought_up()
    {
        await using var project = await EngineProject.CreateAsync("imageless");
        var report = await project.UpAsync($$"""
            services:
              broken:
                image: {{Absent}}
              after:
                {{Sleeper}}
                depends_on: [broken]
              anyway:
                {{Sleeper}}
                depends_on: { broken: { condition: service_started, required: false } }
              other:
                {{Sleeper}}
            """);

        Assert.Equal("PullImage image:" + Absent, Assert.Single(report.Failed).ToString());
        Assert.Equal(
            ["CreateContainer service:broken:1", "StartContainer service:after:1", "StartContainer service:broken:1"],
            report.Skipped.Select(action => action.ToString()).Order(StringComparer.Ordinal));
        Assert.Contains(report.Skipped, action => action.Reason == $"PullImage image:{Absent} failed");
        var containers = (await project.ContainersAsync())
            .ToDictionary(container => container.Service, container => container.State);
        Assert.Equal(
            new Dictionary<string, string> { ["after"] = "Created", ["anyway"] = "Running", ["other"] = "Running" }, containers);
    }

    [EngineFact]
    public async Task Nothing_is_made_where_no_service_has_its_image()
    {
        await using var project = await EngineProject.CreateAsync("noimage");
        var report = await project.UpAsync($"services:\n  broken:\n    image: {Absent}\n");

        Assert.Equal("PullImage", Assert.Single(report.Actions).Action);
        Assert.Empty((await project.DownAsync()).Actions);
    }

    [EngineFact]
    public async Task A_recreation_that_fails_at_its_first_step_leaves_all_as_it_was()
    {
        await using var project = await EngineProject.CreateAsync("stays");
        const string Yaml =
            $"services:\n  db:\n    {Sleeper}\n  web:\n    {Sleeper}\n    depends_on: "
                + $"{{ db: {{ condition: service_started, restart: true }} }}\n";
        await project.UpAsync(Yaml);
        var before = await project.ContainersAsync();

        var report = await project.UpAsync(
            Yaml.Replace("db:\n    image: busybox", "db:\n    image: busybox\n    cpuset: '4000'"));

        Assert.Equal("CreateContainer service:db:1", Assert.Single(report.Failed).ToString());
        Assert.Equal(
            before.Select(container => (container.Id, "Running")),
            (await project.ContainersAsync()).Select(container => (container.Id, container.State)));
    }

    [Fact]
    public async Task A_step_that_ends_in_an_unforeseen_way_keeps_nobody_waiting()
    {
        var builder = new PlanBuilder();
        var operation = builder.Operation("Start", "service:web:1", "test");
        // Nothing creates the container that is to be started.
        var nobody = new StartContainer
        {
            Target = "service:web:1",
            Cause = "test",
            Container = "web",
            Service = "web",
            Reference = ContainerReference.Created(99, "web"),
        };
        var first = builder.Add(nobody, operation);
        builder.Add(nobody, operation, PlanBuilder.After(first));
        var plan = builder.Build(new Situation("services: { web: { image: busybox } }").State);

        var report = await new PlanExecutor(null!, plan, new ExecuteOptions(), new Silent())
            .RunAsync(default)
            .WaitAsync(TimeSpan.FromSeconds(20));

        Assert.Equal(["Failed", "Skipped"], report.Actions.Select(action => action.Status));
        Assert.Equal("UnexpectedFailure", report.Failed[0].Error!.Id);
    }

    private sealed class Silent : Compose.Events.IEventSink
    {
        public void Emit(Compose.Events.ComposeEvent composeEvent)
        {
        }

        public ValueTask EmitAsync(Compose.Events.ComposeEvent composeEvent, CancellationToken cancellationToken) => default;
    }
}
