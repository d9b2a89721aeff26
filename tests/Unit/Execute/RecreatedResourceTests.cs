using Compose.Engine.Own;
using Compose.Plan;
using Compose.Plan.Input;
using Compose.Tests.Support;

namespace Compose.Tests.Execute;

/// <summary>
/// Changed networks and volumes on the real engine: the containers that use them keep their names, links and other data.
/// </summary>
public class RecreatedResourceTests
{
    private const string Sleeper = "image: busybox\n    command: sleep 600\n    init: true\n    stop_grace_period: 0s";

    [EngineFact]
    public async Task A_recreated_network_gives_back_aliases_and_links()
    {
        await using var project = await EngineProject.CreateAsync("rejoin");
        const string Yaml = $"""
            services:
              web:
                {Sleeper}
                links: ["db:store"]
                networks: {"{ back: { aliases: [www] } }"}
              db:
                {Sleeper}
                networks: [back]
            networks:
              back:
                labels: [colour=red]
            """;
        await project.UpAsync(Yaml);
        var before = await EndpointAsync(project, "web", "convergerejoin_back");
        var blue = Yaml.Replace("red", "blue");

        Assert.Contains("labels.colour: red -> blue", (await project.PlanAsync(blue)).Text);
        Assert.Empty((await project.UpAsync(blue)).Failed);

        var after = await EndpointAsync(project, "web", "convergerejoin_back");
        Assert.NotEqual(before.NetworkID, after.NetworkID);
        Assert.Equal(before.Links, after.Links);
        Assert.Equal(before.Aliases!.Order(StringComparer.Ordinal), after.Aliases!.Order(StringComparer.Ordinal));
        Assert.True((await project.PlanAsync(blue)).IsEmpty);
        var (code, output) = await project.RunInAsync("web", "ping", "-c", "1", "-W", "2", "store");
        Assert.True(code == 0, output);
    }

    [EngineFact]
    public async Task A_stopped_container_whose_network_was_taken_away_is_made_anew_in_one_run()
    {
        await using var project = await EngineProject.CreateAsync("pruned");
        const string Yaml =
            $"services:\n  web:\n    {Sleeper}\n    networks: [front, back]\nnetworks:\n  front: {{}}\n  back: {{}}\n";
        await project.UpAsync(Yaml);
        var web = (await project.ContainersAsync()).Single();
        await project.Session.Engine.Containers.StopAsync(web.Id, 0, default);
        await project.Session.Engine.Networks.DisconnectAsync("convergepruned_back", web.Id, default);

        Assert.Empty((await project.UpAsync(Yaml)).Failed);

        Assert.Contains("web", (await EndpointAsync(project, "web", "convergepruned_back")).Aliases!);
        Assert.Equal("Nothing to do\n", (await project.PlanAsync(Yaml)).Text);
    }

    [EngineFact]
    public async Task A_network_somebody_else_is_on_is_kept_and_its_containers_with_it()
    {
        await using var project = await EngineProject.CreateAsync("crowded");
        await using var other = await EngineProject.CreateAsync("crowd");
        const string Yaml =
            $"services:\n  web:\n    {Sleeper}\n  side:\n    {Sleeper}\n    network_mode: service:web\nnetworks:\n  default:\n   "
                + " labels: [colour=red]\n";
        await project.UpAsync(Yaml);
        Assert.Empty(
            (await other.UpAsync(
                $"services:\n  guest:\n    {Sleeper}\n"
                    + "networks:\n  default: { name: convergecrowded_default, external: true }\n")).Failed);
        var ids = (await project.ContainersAsync()).Select(container => container.Id).ToList();
        var blue = Yaml.Replace("red", "blue");

        Assert.Empty((await project.UpAsync(blue)).Actions);
        Assert.Contains(
            project.Warnings, warning => warning.Contains("(labels.colour)") && warning.Contains("convergecrowd-guest-1"));
        await other.DownAsync();
        Assert.Empty((await project.UpAsync(blue)).Failed);

        // A container that shares the namespaces of one that was stopped for a while is on the new network, too.
        Assert.Equal(ids, (await project.ContainersAsync()).Select(container => container.Id));
        var (code, output) = await project.RunInAsync("side", "ping", "-c", "1", "-W", "2", "web");
        Assert.True(code == 0, output);
        Assert.True((await project.PlanAsync(blue)).IsEmpty);
    }

    [EngineFact]
    public async Task A_stopped_container_is_kept_and_started()
    {
        await using var project = await EngineProject.CreateAsync("resting");
        const string Yaml =
            $"services:\n  web:\n    {Sleeper}\n    networks: [front, back]\nnetworks:\n  front: {{}}\n  back: {{}}\n";
        await project.UpAsync(Yaml, new UpOptions { NoStart = true });
        var created = (await project.ContainersAsync()).Single();
        Assert.Equal("StartContainer", Assert.Single((await project.PlanAsync(Yaml)).Actions).Action);
        await project.UpAsync(Yaml);
        await project.Session.Engine.Containers.StopAsync(created.Id, 0, default);
        await project.ReachedAsync("Exited");

        Assert.Equal("StartContainer", Assert.Single((await project.PlanAsync(Yaml)).Actions).Action);
        await project.UpAsync(Yaml);
        Assert.Equal(
            (created.Id, "Running"),
            ((await project.ContainersAsync()).Single().Id, (await project.ContainersAsync()).Single().State));
    }

    [EngineFact]
    public async Task A_recreated_volume_takes_along_who_shares_with_its_users_and_leaves_anonymous_volumes_their_data()
    {
        await using var project = await EngineProject.CreateAsync("emptied");
        const string Yaml = $"""
            services:
              web:
                {Sleeper}
                volumes: [data:/data, /cache]
              side:
                {Sleeper}
                network_mode: service:web
            volumes:
              data:
                labels: [colour=red]
            """;
        await project.UpAsync(Yaml);
        await project.RunInAsync("web", "sh", "-c", "echo lost > /data/file; echo kept > /cache/file");
        var blue = Yaml.Replace("red", "blue");
        Assert.Contains("(labels.colour)", Assert.Single((await project.PlanAsync(blue)).Questions).Text);

        Assert.Empty((await project.UpAsync(blue, answers: new Answers(["recreate-volume:data"]))).Failed);

        Assert.Equal("kept\n", await project.ReadFileAsync("web", "/cache/file"));
        Assert.NotEqual(0, (await project.RunInAsync("web", "cat", "/data/file")).Code);
        var web = (await project.ContainersAsync()).Single(container => container.Service == "web");
        var side = await project.Session.Engine.Containers.InspectAsync(
            (await project.ContainersAsync()).Single(container => container.Service == "side").Id, default);
        Assert.Equal("container:" + web.Id, side.HostConfig.NetworkMode);
        Assert.True((await project.PlanAsync(blue)).IsEmpty);
    }

    [EngineFact]
    public async Task A_changed_volume_containers_of_others_use_is_kept_and_refused_where_it_is_forced()
    {
        await using var project = await EngineProject.CreateAsync("lent");
        await using var other = await EngineProject.CreateAsync("borrower");
        const string Yaml =
            $"services:\n  web:\n    {Sleeper}\n    volumes: [data:/data]\nvolumes:\n  data:\n    labels: [colour=red]\n";
        await project.UpAsync(Yaml);
        await other.UpAsync(
            $"services:\n  guest:\n    {Sleeper}\n    volumes: [data:/data]\nvolumes:\n  data: "
                + $"{{ name: convergelent_data, external: true }}\n",
            new UpOptions { NoStart = true });
        var before = await project.ContainersAsync();
        var blue = Yaml.Replace("red", "blue");

        var plan = await project.PlanAsync(blue);
        Assert.True(plan.IsEmpty);
        Assert.Empty(plan.Questions);
        Assert.Contains(
            "(labels.colour); it is kept as it is, for containers that are not of this project use it: convergeborrower-guest-1",
            Assert.Single(plan.Warnings));
        var refusal = (
            await Assert.ThrowsAsync<Compose.Errors.ComposeException>(
                () => project.UpAsync(blue, answers: new Answers([]) { All = true }))).Info;
        Assert.Equal("VolumeInUse", refusal.Id);
        Assert.Contains("convergeborrower-guest-1", refusal.Message);
        Assert.Equal(
            before.Select(container => (container.Id, "Running")),
            (await project.ContainersAsync()).Select(container => (container.Id, container.State)));

        await other.DownAsync();
        Assert.Empty((await project.UpAsync(blue, answers: new Answers([]) { All = true })).Failed);
        Assert.True((await project.PlanAsync(blue)).IsEmpty);
    }

    [EngineFact]
    public async Task A_container_on_the_default_bridge_follows_the_one_it_is_linked_to()
    {
        await using var project = await EngineProject.CreateAsync("bridge");
        const string Yaml = $"""
            services:
              web:
                {Sleeper}
                network_mode: bridge
                links: ["db:store"]
              db:
                {Sleeper}
                network_mode: bridge
                environment: [COLOUR=red]
            """;
        await project.UpAsync(Yaml);
        await AnswersAsync();
        var blue = Yaml.Replace("red", "blue");

        Assert.Empty((await project.UpAsync(blue)).Failed);

        await AnswersAsync();
        Assert.True((await project.PlanAsync(blue)).IsEmpty);
        Assert.Empty((await project.UpAsync(blue, new UpOptions { ForceRecreate = true })).Failed);
        await AnswersAsync();

        async Task AnswersAsync()
        {
            var (code, output) = await project.RunInAsync("web", "ping", "-c", "1", "-W", "2", "store");
            Assert.True(code == 0, output);
        }
    }

    private static async Task<Compose.Engine.Dto.EndpointSettings> EndpointAsync(
        EngineProject project, string service, string network)
    {
        var container = (await project.ContainersAsync()).Single(container => container.Service == service);
        var look = await project.Session.Engine.Containers.InspectAsync(container.Id, default);
        return look.NetworkSettings!.Networks![network] with
        {
            Aliases = [
                .. (look.NetworkSettings.Networks[network].Aliases ?? [])
                .Where(alias => !container.Id.StartsWith(alias, StringComparison.Ordinal))
                .Distinct()],
        };
    }
}
