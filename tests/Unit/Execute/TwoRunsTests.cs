using Compose.Plan;
using Compose.Tests.Support;

namespace Compose.Tests.Execute;

/// <summary>
/// Two concurrent runs on one project that do more than create and recreate containers: both end, and the next run completes
/// what they left.
/// </summary>
public class TwoRunsTests
{
    private const string Sleeper = "image: busybox\n    command: sleep 600\n    stop_grace_period: 0s\n    init: true";
    private const string Yaml = $"""
        services:
          web:
            {Sleeper}
            depends_on: [db]
            scale: 2
          db:
            {Sleeper}
            volumes: [data:/data]
        networks:
          default:
            labels: [colour=red]
        volumes:
          data:
            labels: [colour=red]
        """;

    /// <summary>The errors of a step on something that the other run removes or creates at that moment.</summary>
    private const string TakenAway =
        " (ContainerNotFound|NetworkNotFound|EngineObjectNotFound|NetworkInUse|NameInUse|EngineConflict|NotConnected"
        + "|AlreadyConnected|RemovalUnderWay|EngineRefused|AnswerWithoutEffect): ";

    [EngineTheory]
    [InlineData("networks")]
    [InlineData("scale")]
    [InlineData("volumes")]
    public async Task Both_end_converged(string change)
    {
        await using var project = await EngineProject.CreateAsync("both");
        await using var other = await EngineProject.CreateAsync("both");
        var (yaml, answers) = change switch
        {
            "networks" =>
                (Yaml.Replace("default:\n    labels: [colour=red]", "default:\n    labels: [colour=blue]"), Answers.None),
            "scale" => (Yaml.Replace("scale: 2", "scale: 5"), Answers.None),
            _ =>
                (Yaml.Replace("data:\n    labels: [colour=red]", "data:\n    labels: [colour=blue]"),
                    new Answers(["recreate-volume:data"])),
        };
        Assert.NotEqual(Yaml, yaml);
        await project.UpAsync(Yaml);

        var reports = await Task.WhenAll(
            Task.Run(() => project.UpAsync(yaml, answers: answers)), Task.Run(() => other.UpAsync(yaml, answers: answers)));

        Assert.All(reports, report => report.AssertSucceeded());
        Assert.Equal("Nothing to do\n", (await project.PlanAsync(yaml)).Text);
        Assert.All(
            await project.ContainersAsync(),
            container => Assert.Matches("^convergeboth-(db|web)-[0-9]+ Running$", $"{container.Container} {container.State}"));
    }

    [EngineFact]
    public async Task Up_beside_down_ends_and_the_next_up_converges()
    {
        await using var project = await EngineProject.CreateAsync("updown");
        await using var other = await EngineProject.CreateAsync("updown");
        await project.UpAsync(Yaml);

        var reports = await Task.WhenAll(
            Task.Run(() => project.UpAsync(Yaml.Replace("sleep 600", "sleep 700"))), Task.Run(() => other.DownAsync()));

        // A step may fail because the other run removed what it works on, for no other reason, and its error names it.
        var failures = reports.SelectMany(report => report.Failed)
            .Select(action => $"{action} {action.Error?.Id}: {action.Error?.Message}")
            .ToList();
        Assert.All(failures, failure => Assert.Matches(TakenAway, failure));
        Assert.Empty((await project.UpAsync(Yaml)).Failed);
        Assert.Equal("Nothing to do\n", (await project.PlanAsync(Yaml)).Text);
        Assert.All(
            await project.ContainersAsync(),
            container => Assert.Matches("^convergeupdown-(db|web)-[0-9]+ Running$", $"{container.Container} {container.State}"));
    }
}
