using Compose.Engine.Own;
using Compose.Plan;
using Compose.Plan.Compare;
using Compose.Plan.Input;
using Compose.Tests.Support;

namespace Compose.Tests.Execute;

/// <summary>Changes since a project was created, found and applied on the real engine.</summary>
public class DriftTests
{
    private const string Sleeper = EngineProject.Sleeper;

    [EngineFact]
    public async Task A_changed_service_is_recreated_with_its_cause_and_keeps_its_anonymous_volume()
    {
        await using var project = await EngineProject.CreateAsync("change");
        const string Yaml = $"""
            services:
              web:
                {Sleeper}
                environment: [COLOUR=red]
                volumes: [/cache]
            """;
        await project.UpAsync(Yaml);
        var before = await InspectAsync(project);

        var plan = await project.PlanAsync(Yaml.Replace("red", "blue"));
        Assert.Contains("Recreate service:web:1: configuration changed", plan.ToString());
        Assert.Contains("environment.COLOUR: *** -> ***", plan.ToString());
        Assert.Empty((await project.UpAsync(Yaml.Replace("red", "blue"))).Failed);

        var after = await InspectAsync(project);
        Assert.Contains("COLOUR=blue", after.Config.Env!);
        Assert.NotEqual(before.Id, after.Id);
        Assert.Equal("/convergechange-web-1", after.Name);
        Assert.Equal(before.Mounts!.Single().Name, after.Mounts!.Single().Name);
    }

    [EngineFact]
    public async Task A_drifted_network_is_recreated_and_its_containers_reconnected()
    {
        await using var project = await EngineProject.CreateAsync("drift");
        const string Yaml =
            $"services:\n  web:\n    {Sleeper}\n    networks: [back]\nnetworks:\n  back:\n    labels: [colour=red]\n";
        await project.UpAsync(Yaml);
        var before = await InspectAsync(project);

        var report = await project.UpAsync(Yaml.Replace("red", "blue"));

        Assert.Empty(report.Failed);
        var after = await InspectAsync(project);
        Assert.Equal(before.Id, after.Id);
        Assert.True(after.State.Running);
        Assert.NotEqual(
            before.NetworkSettings!.Networks!["convergedrift_back"].NetworkID,
            after.NetworkSettings!.Networks!["convergedrift_back"].NetworkID);
        Assert.True((await project.PlanAsync(Yaml.Replace("red", "blue"))).IsEmpty);
    }

    [EngineFact]
    public async Task A_drifted_volume_is_kept_unless_the_user_agrees()
    {
        await using var project = await EngineProject.CreateAsync("volume");
        const string Yaml =
            $"services:\n  web:\n    {Sleeper}\n    volumes: [data:/data]\nvolumes:\n  data:\n    labels: [colour=red]\n";
        await project.UpAsync(Yaml);
        var blue = Yaml.Replace("red", "blue");

        Assert.Equal("recreate-volume:data", Assert.Single((await project.PlanAsync(blue)).Questions).Id);
        await project.UpAsync(blue);
        Assert.Contains(project.Warnings, warning => warning.Contains("is kept as it is"));

        Assert.Empty((await project.UpAsync(blue, answers: new Answers(["recreate-volume:data"]))).Failed);
        Assert.True((await project.PlanAsync(blue)).IsEmpty);
    }

    [EngineFact]
    public async Task A_container_whose_hash_no_rule_explains_is_compared_field_by_field()
    {
        await using var project = await EngineProject.CreateAsync("foreign");
        const string Yaml = $"""
            services:
              web:
                {Sleeper}
                ports: ["127.0.0.1::80"]
                environment: [A=1]
                cap_add: [NET_ADMIN]
                ulimits: {"{ nofile: 1024 }"}
                mem_limit: 64m
                volumes: [data:/data, "/tmp:/host:ro"]
                logging: {"{ driver: json-file, options: { max-size: 1m } }"}
            volumes:
              data: {"{}"}
            """;
        await project.UpAsync(Yaml);
        var model = project.Load(Yaml);
        var state = (await project.Session.ObserveAsync(model, default)).State;
        var container = state.Containers.Single();
        var inspect = await project.Session.Engine.Containers.InspectAsync(container.Id, default);
        var image = await project.Session.Engine.Images.InspectAsync("busybox", default);
        var context = new PlanContext(
            model,
            state with { InspectedImages = new Dictionary<string, Compose.Engine.Dto.ImageInspect> { ["busybox"] = image } },
            new UpOptions(), Answers.None, Compose.Execute.Running.Hashing.Rules);

        Assert.Equal(
            [],
            ContainerComparer.Compare(context, model.Services["web"], container, inspect)
                .Select(change => $"{change.Field}: {change.Old} -> {change.New}"));
        var changed = model.Services["web"] with
        {
            CapAdd = [],
            Ulimits = new Dictionary<string, Compose.Model.UlimitDefinition> { ["nofile"] = new(2048, 2048) },
            User = "7",
        };
        Assert.Equal(
            ["cap_add", "ulimits", "user"],
            ContainerComparer.Compare(context, changed, container, inspect)
                .Select(change => change.Field)
                .OrderBy(field => field, StringComparer.Ordinal));
    }

    private static async Task<Compose.Engine.Dto.ContainerInspect> InspectAsync(EngineProject project) =>
        await project.Session.Engine.Containers.InspectAsync((await project.ContainersAsync()).Single().Id, default);
}
