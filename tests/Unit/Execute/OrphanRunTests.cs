using Compose.Plan.Input;
using Compose.Tests.Support;

namespace Compose.Tests.Execute;

/// <summary>
/// Containers of services that are no longer in the files: up warns once, fails if one has a name that it needs, and with
/// -RemoveOrphan removes them before their ports are needed.
/// </summary>
public class OrphanRunTests
{
    /// <summary>The process ignores the stop, so the port is in use until the grace period is over.</summary>
    private const string Ports = """
        services:
          NAME:
            image: busybox
            command: sleep 600
            stop_grace_period: 1s
            ports: ['18473:80']
        """;

    private const string Named = """
        services:
          NAME:
            image: busybox
            command: sleep 600
            stop_grace_period: 0s
            container_name: FIXED
        """;

    private static readonly UpOptions RemoveOrphans = new() { RemoveOrphans = true };

    [EngineFact]
    public async Task An_orphan_that_has_the_wanted_name_is_named_in_the_error_and_removed_when_asked()
    {
        await using var project = await EngineProject.CreateAsync("orphan");
        await project.UpAsync(File("old", "convergeorphan_fixed"));

        var failed = Assert.Single((await project.UpAsync(File("web", "convergeorphan_fixed"))).Failed);

        Assert.Equal("NameHeldByOrphan", failed.Error!.Id);
        Assert.Equal(
            "Service 'web' cannot have the container name 'convergeorphan_fixed': "
                + "the orphan container of service 'old' has it, and -RemoveOrphan removes it.",
            failed.Reason);
        Assert.Contains("-RemoveOrphan", failed.Error.Advice);
        Assert.Equal("old", Assert.Single(await project.ContainersAsync()).Service);

        (await project.UpAsync(File("web", "convergeorphan_fixed"), RemoveOrphans)).AssertSucceeded();

        var container = Assert.Single(await project.ContainersAsync());
        Assert.Equal(("web", "Running"), (container.Service, container.State));
    }

    [EngineFact]
    public async Task An_orphan_is_warned_of_once()
    {
        await using var project = await EngineProject.CreateAsync("orphanwarning");
        await project.UpAsync(File("old", "convergeorphan_warned"));

        await project.UpAsync(File("web", "convergeorphan_other"));

        Assert.Equal(
            ["Found orphan containers (convergeorphan_warned) for this project; -RemoveOrphan removes them."], project.Warnings);
    }

    [EngineFact]
    public async Task A_port_of_an_orphan_is_free_before_it_is_published_again()
    {
        await using var project = await EngineProject.CreateAsync("orphanport");
        await project.UpAsync(Ports.Replace("NAME", "old"));

        (await project.UpAsync(Ports.Replace("NAME", "web"), RemoveOrphans)).AssertSucceeded();

        Assert.Equal("web", Assert.Single(await project.ContainersAsync()).Service);
    }

    [EngineFact]
    public async Task A_name_that_another_project_has_is_an_error_that_names_it_and_no_orphan()
    {
        await using var project = await EngineProject.CreateAsync("again");
        await using var stranger = await EngineProject.CreateAsync("stranger");
        await stranger.UpAsync(File("web", "convergeorphan_taken"));
        await project.UpAsync(File("old", "convergeorphan_own"));

        var failed = Assert.Single((await project.UpAsync(File("web", "convergeorphan_taken"))).Failed);

        Assert.Equal("NameHeldByAnother", failed.Error!.Id);
        Assert.Matches(
            "^The container name 'convergeorphan_taken' is taken: "
                + "container [0-9a-f]{12} of project 'convergestranger' has it.$",
            failed.Reason);
    }

    private static string File(string service, string container) => Named.Replace("NAME", service).Replace("FIXED", container);
}
