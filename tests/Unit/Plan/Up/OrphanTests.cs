using Compose.Plan;
using Compose.Plan.Input;
using Compose.Plan.Up;
using Compose.State;

namespace Compose.Tests.Plan.Up;

/// <summary>Orphans: which containers are orphans, and which steps wait until they are removed.</summary>
public class OrphanTests
{
    private const string Web =
        "services:\n  web:\n    image: busybox\n    container_name: front\n    ports: ['18000-18009:80']\n";
    private static readonly UpOptions Removing = new() { RemoveOrphans = true };

    [Theory]
    [InlineData("exited", true)]
    [InlineData("dead", true)]
    [InlineData("running", false)]
    public void A_one_off_that_ended_is_an_orphan(string state, bool isOrphan)
    {
        var plan = new Situation(Web).Running().Other("web", "demo-web-run-1", state).Up();
        Assert.Equal(
            isOrphan ? ["Found orphan containers (demo-web-run-1) for this project; -RemoveOrphan removes them."] : [],
            plan.Warnings);
    }

    [Fact]
    public void A_run_warns_of_orphans_and_removes_them_only_when_asked()
    {
        var removes = new Dictionary<string, string> { ["COMPOSE_REMOVE_ORPHANS"] = "1" };
        Assert.Contains("(demo-old-1)", Assert.Single(Run(new Situation(Web, removes), new UpOptions()).Warnings));
        Assert.Contains("Remove service:old:1", Run(new Situation(Web, removes), Removing).Text);
    }

    [Fact]
    public void A_container_is_made_once_the_orphan_that_has_its_name_is_gone()
    {
        var plan = Held(new Situation(Web).Images("busybox")).Up(Removing);
        var create = plan.Actions.OfType<CreateContainer>().Single();
        Assert.Contains(Removal(plan), create.After.Select(edge => edge.Id));
        Assert.Null(create.HeldName);
    }

    [Fact]
    public void A_container_whose_name_an_orphan_keeps_is_not_made_and_takes_nothing_away()
    {
        Assert.Equal(
            "the orphan container of service 'old'",
            Held(new Situation(Web).Images("busybox")).Up().Actions.OfType<CreateContainer>().Single().HeldName?.Holder);
        Assert.Equal(
            "a one-off of service 'web' that ended",
            new Situation(Web)
                .Images("busybox")
                .Other("web", "front", "exited")
                .Up().Actions.OfType<CreateContainer>()
                .Single().HeldName?.Holder);

        var renamed = Held(new Situation(Web.Replace("    container_name: front\n", "")).Running().Under(Web)).Up();
        var create = renamed.Actions.OfType<CreateContainer>().Single();
        Assert.Equal("front", create.HeldName?.Name);
        Assert.All(
            renamed.Actions.OfType<StopContainer>(), stop => Assert.Contains(create.Id, stop.After.Select(edge => edge.Id)));
    }

    [Theory]
    [InlineData(18003, "tcp", true)]
    [InlineData(18003, "udp", false)]
    [InlineData(18010, "tcp", false)]
    public void A_container_starts_once_the_orphan_that_has_its_port_is_gone(int port, string protocol, bool waits)
    {
        var plan = new Situation(Web)
            .Images("busybox")
            .Container("old", 1, old => old with { Ports = [new PublishedPort("0.0.0.0", port, 80, protocol)] })
            .Up(Removing);
        Assert.Equal(waits, plan.Actions.OfType<StartContainer>().Single().After.Any(edge => edge.Id == Removal(plan)));
    }

    private static Situation Held(Situation situation) => situation.Container("old", 1, old => old with { Name = "front" });

    private static int Removal(ComposePlan plan) => plan.Actions.OfType<RemoveContainer>().Single().Id;

    private static ComposePlan Run(Situation situation, UpOptions options)
    {
        situation.Running().Container("old");
        var oneOff = new OneOff { Service = "web", Slug = new string('a', 64) };
        return UpPlanner.Converge(
            new PlanContext(
                oneOff.Apply(situation.Project), situation.State, options with { Services = ["web"], OneOff = oneOff },
                Answers.None, Compose.Execute.Running.Hashing.Rules));
    }
}
