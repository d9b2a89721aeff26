using Compose.Plan.Input;
using Compose.Tests.Support;

namespace Compose.Tests.Execute;

/// <summary>Orphans on the engine: told of once, named where one has the name that is wanted, and gone before their ports are needed.</summary>
public class OrphanRunTests
{
    private const string Web = "  NAME:\n    image: busybox\n    command: sleep 600\n    stop_grace_period: 1s\n";
    private const string First = "services:\n" + Web + "    container_name: convergeorphan_fixed\n    ports: ['18473:80']\n";
    private static readonly string Old = First.Replace("NAME", "old");
    private static readonly string Renamed = First.Replace("NAME", "web");

    [EngineFact]
    public async Task The_error_names_the_orphan_that_has_the_name_and_the_orphan_is_warned_of_once()
    {
        await using var project = await EngineProject.CreateAsync("orphan");
        await project.UpAsync(Old);

        var failed = Assert.Single((await project.UpAsync(Renamed)).Failed);

        Assert.Equal("NameHeldByOrphan", failed.Error!.Id);
        Assert.Equal("Service 'web' cannot have the container name 'convergeorphan_fixed': the orphan container of service 'old' has it, and -RemoveOrphan removes it.", failed.Reason);
        Assert.Contains("-RemoveOrphan", failed.Error.Advice);
        Assert.Equal(["Found orphan containers (convergeorphan_fixed) for this project; -RemoveOrphan removes them."], project.Warnings);
        Assert.Equal("old", Assert.Single(await project.ContainersAsync()).Service);
        (await project.UpAsync(Renamed, new UpOptions { RemoveOrphans = true })).AssertSucceeded();
        Assert.Equal(("web", "Running"), (await project.ContainersAsync()).Select(container => (container.Service, container.State)).Single());
    }

    [EngineFact]
    public async Task A_port_of_an_orphan_is_free_before_it_is_published_again()
    {
        await using var project = await EngineProject.CreateAsync("orphanport");
        await project.UpAsync(Old.Replace("    container_name: convergeorphan_fixed\n", ""));

        // Its process ignores the stop, so it has the port for as long as its grace.
        (await project.UpAsync(Renamed.Replace("    container_name: convergeorphan_fixed\n", ""), new UpOptions { RemoveOrphans = true })).AssertSucceeded();
        Assert.Equal("web", Assert.Single(await project.ContainersAsync()).Service);
    }

    [EngineFact]
    public async Task A_name_that_another_project_has_is_told_at_once_with_who_has_it()
    {
        await using var project = await EngineProject.CreateAsync("again");
        await using var stranger = await EngineProject.CreateAsync("stranger");
        var taken = Renamed.Replace("_fixed", "_taken").Replace("18473:", "");
        await stranger.UpAsync(taken);
        await project.UpAsync(Old);

        var report = await project.UpAsync(taken);

        var failed = Assert.Single(report.Failed);
        Assert.Equal("NameHeldByAnother", failed.Error!.Id);
        Assert.Matches("^The container name 'convergeorphan_taken' is taken: container [0-9a-f]{12} of project 'convergestranger' has it.$", failed.Reason);
        Assert.Contains("orphan", Assert.Single(project.Warnings));
    }
}
