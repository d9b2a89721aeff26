using Compose.Errors;
using Compose.State;
using Compose.State.Choosing;

namespace Compose.Tests.State;

public class ReplicaChoiceTests
{
    private static readonly ComposeContainer[] Containers =
    [
        Container("web", 10, "Running"), Container("web", 2, "Exited", 3), Container("web", 3, "Running"),
        Container("web", 0, "Running") with { OneOff = true },
        Container("job", 1, "Exited", 0),
    ];

    [Theory]
    [InlineData(null, false, "p-web-2")]
    [InlineData(null, true, "p-web-3")]
    [InlineData(10, true, "p-web-10")]
    [InlineData(2, false, "p-web-2")]
    public void The_lowest_number_or_the_one_asked_for(int? index, bool running, string expected) =>
        Assert.Equal(expected, Choice("web", index, running).All(Containers)[0].Container);

    [Fact]
    public void All_are_numbered_upwards_and_one_offs_are_left_out() =>
        Assert.Equal(
            ["p-web-2", "p-web-3", "p-web-10"],
            Choice("web", null, false).All(Containers).Select(container => container.Container));

    [Theory]
    [InlineData("web", null, "p-web-3")]
    [InlineData("shell", null, "p-shell-run-1")]
    [InlineData("job", null, "p-job-run-1")]
    public void A_one_off_that_runs_will_do_where_no_replica_runs(string service, int? index, string expected)
    {
        ComposeContainer[] containers =
        [
            OneOff("job"), OneOff("shell"), OneOff("web"), .. Containers,
        ];

        Assert.Equal(expected, (Choice(service, index, true) with { OneOffs = true }).All(containers)[0].Container);
        Assert.Equal(
            "ReplicaNotFound",
            Assert.Throws<ComposeException>(() => (Choice("shell", 1, true) with { OneOffs = true }).All(containers)).Info.Id);
        Assert.Equal(
            "ServiceNotFound", Assert.Throws<ComposeException>(() => Choice("shell", null, true).All(containers)).Info.Id);
    }

    [Theory]
    [InlineData("nope", null, "ServiceNotFound", "has no container of service 'nope'")]
    [InlineData("web", 4, "ReplicaNotFound", "has no replica 4; it has 2, 3, 10")]
    [InlineData("web", 2, "ServiceNotRunning", "p-web-2 is exited (3)")]
    [InlineData("job", null, "ServiceNotRunning", "p-job-1 is exited (0)")]
    public void What_is_not_there_is_told_with_what_is(string service, int? index, string id, string message)
    {
        var error = Assert.Throws<ComposeException>(() => Choice(service, index, true).All(Containers)).Info;
        Assert.Equal(id, error.Id);
        Assert.Contains(message, error.Message);
    }

    private static ComposeContainer OneOff(string service) =>
        Container(service, 0, "Running") with { OneOff = true, Container = $"p-{service}-run-1" };

    private static ReplicaChoice Choice(string service, int? index, bool running) =>
        new() { ProjectName = "p", Service = service, Index = index, Running = running };

    private static ComposeContainer Container(string service, int replica, string state, int? code = null) => new()
    {
        EngineHost = "unix:///var/run/docker.sock",
        ProjectName = "p",
        Service = service,
        Container = $"p-{service}-{replica}",
        Id = $"{service}{replica}",
        Replica = replica,
        State = state,
        ExitCode = code,
    };
}
