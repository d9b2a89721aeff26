using Compose.Engine.Dto;
using Compose.Execute.Running;
using Compose.Plan;
using Compose.Plan.Compare;
using Compose.Plan.Input;

namespace Compose.Tests.Plan.Compare;

/// <summary>
/// Links of a container that another tool created: their aliases are compared, the replicas they point to are not.
/// </summary>
public class LinkComparerTests
{
    private const string Yaml =
        "services:\n  web:\n    image: busybox\n    links: ['db:store', db]\n    external_links: [other]\n  db:\n    image: "
            + "busybox\n";
    private static readonly string[] Made = [
        "demo-db-1:store", "demo-db-1:db", "demo-db-1:demo-db-1", "demo-db-1:db-1", "other:other"];

    [Theory]
    [InlineData("", "")]
    [InlineData("demo-db-2:store demo-db-2:demo-db-2 demo-db-2:db-2", "")]
    [InlineData("demo-db-1:cache", "cache, db, store -> db, store")]
    public void Aliases_are_compared(string more, string expected) =>
        Assert.Equal(expected, Compare(Yaml, [.. Made, .. more.Split(' ', StringSplitOptions.RemoveEmptyEntries)]));

    [Fact]
    public void A_link_taken_away_is_a_change() =>
        Assert.Equal("db, store -> (none)", Compare(Yaml.Replace("    links: ['db:store', db]\n", ""), Made));

    private static string Compare(string yaml, string[] links)
    {
        var situation = new Situation(yaml).Running();
        var inspect = new ContainerInspect
        {
            Id = "x",
            NetworkSettings = new SummaryNetworks(
                new Dictionary<string, EndpointSettings> { ["demo_default"] = new() { Links = links } }),
        };
        var context = new PlanContext(situation.Project, situation.State, new UpOptions(), Answers.None, Hashing.Rules);
        return LinkComparer.Compare(context, situation.Project.Services["web"], inspect) is { } change
            ? $"{change.Old} -> {change.New ?? "(none)"}"
            : "";
    }
}
