using Compose.Errors;
using Compose.Plan;
using Compose.Plan.Commands;
using Compose.Plan.Input;
using Compose.Plan.Up;

namespace Compose.Tests.Plan.Prepare;

/// <summary>A dependency that can never be satisfied is refused when planning, with its place.</summary>
public class DependencyCheckTests
{
    private const string Web = "services:\n  web:\n    image: busybox\n";
    private const string Db = "  db:\n    image: busybox\n";
    private const string Job =
        Web + "    depends_on:\n      job: { condition: service_completed_successfully }\n  job:\n    image: busybox\n";
    private static readonly UpOptions Alone = new() { Services = ["web"], NoDependencies = true };

    [Theory]
    [InlineData("network_mode: service:db", "the network namespace")]
    [InlineData("ipc: service:db", "the IPC namespace")]
    [InlineData("pid: service:db", "the PID namespace")]
    [InlineData("volumes_from: ['db:ro']", "volumes")]
    public void A_service_that_shares_with_a_missing_container_is_refused(string shared, string what)
    {
        var yaml = Web + $"    {shared}\n" + Db;
        var error = Refused(() => new Situation(yaml).Images("busybox").Up(Alone));

        Assert.Equal(("SharedContainerMissing", "web"), (error.Id, error.Target));
        Assert.EndsWith(
            $"compose.yaml:4:5: service 'web' cannot share {what} with service db: its container is missing.", error.Message);
        // A container that already runs is not removed because of it.
        Assert.Equal(error.Id, Refused(() => new Situation(yaml).Images("busybox").Container("web").Up(Alone)).Id);
        Assert.Equal(
            error.Id,
            Refused(() =>
                new Situation(yaml).Images("busybox").Up(
                    new UpOptions { Scale = new Dictionary<string, int> { ["db"] = 0 } })).Id);
        Assert.False(new Situation(yaml).Images("busybox").Container("db").Up(Alone).IsEmpty);
        Assert.True(
            new Situation(yaml)
                .Images("busybox")
                .Network("default")
                .Container("web")
                .Up(Alone with { NoRecreate = true }).IsEmpty);
    }

    [Fact]
    public void A_one_off_that_shares_with_a_missing_container_is_refused()
    {
        var situation = new Situation(Web + "    volumes_from: [db]\n" + Db).Images("busybox").Container("web");
        var oneOff = new OneOff { Service = "web", Slug = new string('a', 64) };
        var context = new PlanContext(
            oneOff.Apply(situation.Project), situation.State, Alone with { OneOff = oneOff, NoRecreate = true }, Answers.None,
            Compose.Execute.Running.Hashing.Rules);

        Assert.Equal("SharedContainerMissing", Refused(() => UpPlanner.Images(context)).Id);
    }

    [Theory]
    [InlineData("restart: always", "8:5")]
    [InlineData("restart: unless-stopped", "8:5")]
    [InlineData("deploy: { restart_policy: { condition: any } }", "8:33")]
    public void A_wait_for_the_end_of_what_never_ends_is_refused(string policy, string place)
    {
        var yaml = Job + $"    {policy}\n";
        var error = Refused(() => new Situation(yaml).Images("busybox").Up());

        Assert.Equal(("DependencyNeverCompletes", "web"), (error.Id, error.Target));
        Assert.EndsWith(
            $"compose.yaml:{place}: service 'web' waits until service 'job' has completed, but its restart policy always starts "
                + "it again.",
            error.Message);
        Assert.Equal(
            error.Id,
            Refused(() =>
                new Situation(yaml.Replace("successfully }", "successfully, required: false }")).Images("busybox").Up()).Id);
        Assert.Equal(error.Id, Refused(() => Start(yaml)).Id);
        // Nothing waits if nothing is started, or if the dependency is not selected.
        Assert.False(new Situation(yaml).Images("busybox").Up(new UpOptions { NoStart = true }).IsEmpty);
        Assert.False(new Situation(yaml).Images("busybox").Up(Alone).IsEmpty);
    }

    [Theory]
    [InlineData("restart: on-failure")]
    [InlineData("restart: 'no'")]
    public void A_wait_for_the_end_of_what_restarts_after_a_failure_alone_is_planned(string policy) =>
        Assert.Contains("WaitForService service:job", new Situation(Job + $"    {policy}\n").Images("busybox").Up().Text);

    [Fact]
    public void A_wait_is_optional_for_those_alone_who_say_so()
    {
        var yaml = Job.Replace(
            "successfully }",
            "successfully, required: false }") + "  strict:\n    image: busybox\n    depends_on:\n"
                + "      job: { condition: service_completed_successfully }\n";
        var waits = new Situation(yaml).Images("busybox").Up().Actions.OfType<WaitForService>().ToList();
        Assert.Equal([false, true], waits.Select(wait => wait.Optional).Order());

        var asked = new Situation(Job.Replace("successfully }", "successfully, required: false }"))
            .Images("busybox")
            .Up(new UpOptions { Wait = true });
        Assert.Contains(asked.Actions.OfType<WaitForService>(), wait => wait is { Service: "job", Optional: false });
    }

    private static ErrorInfo Refused(Func<object> plan) => Assert.Throws<ComposeException>(plan).Info;

    private static ComposePlan Start(string yaml)
    {
        var situation = new Situation(yaml)
            .Container("web", 1, web => web with { State = "exited" })
            .Container("job", 1, job => job with { State = "exited" });
        var context = new PlanContext(
            situation.Project, situation.State, new UpOptions(), Answers.None, Compose.Execute.Running.Hashing.Rules);
        return StartPlanner.Plan(situation.State, situation.Request() with { Context = () => context });
    }
}
