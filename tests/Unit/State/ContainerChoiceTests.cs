using Compose.Errors;
using Compose.State;
using Compose.State.Choosing;
using Compose.State.Reading;

namespace Compose.Tests.State;

/// <summary>Which containers, ports and processes a command selects.</summary>
public class ContainerChoiceTests
{
    private static readonly ComposeContainer[] Containers = [
        Of("api", 1), Of("web", 1), Of("web", 2), Of("web", 0, "p-web-run-1")];

    private static ContainerChoice Choice => new() { ProjectName = "p" };

    [Theory]
    [InlineData("web", "web-1 web-2 web-run-1")]
    [InlineData("w*", "web-1 web-2 web-run-1")]
    [InlineData("?pi", "api-1")]
    [InlineData("[a-c]*", "api-1")]
    [InlineData("WEB", "web-1 web-2 web-run-1")]
    [InlineData("W[e]b", "web-1 web-2 web-run-1")]
    [InlineData("*", "api-1 web-1 web-2 web-run-1")]
    [InlineData("x*", "")]
    [InlineData("later", "")]
    public void Services_by_name_and_pattern(string service, string expected) =>
        Assert.Equal(expected, Names(Choice with { Services = [service], Known = ["later"] }));

    [Fact]
    public void Containers_by_name_and_replicas_by_number()
    {
        Assert.Equal("api-1 web-2", Names(Choice with { Services = ["api"], Containers = ["p-web-2"] }));
        Assert.Equal("web-2", Names(Choice with { Services = ["web"], Index = 2 }));
        Assert.Equal("web-2", Names(Choice with { Index = 2 }));
    }

    [Theory]
    [InlineData("nope", null, null, "ServiceNotFound")]
    [InlineData(null, "nope", null, "ContainerNotFound")]
    [InlineData("web", null, 9, "ReplicaNotFound")]
    public void What_does_not_exist_is_refused(string? service, string? container, int? index, string id) =>
        Assert.Equal(id, Assert.Throws<ComposeException>(
        () => Names(Choice with
        {
            Services = service is null ? [] : [service],
            Containers = container is null ? [] : [container],
            Index = index,
        })).Info.Id);

    [Fact]
    public void What_does_not_exist_is_told_and_the_rest_is_meant()
    {
        var told = new List<string>();
        var choice = Choice with { Services = ["api", "nope"], Containers = ["none"], OnError = error => told.Add(error.Id) };

        Assert.Equal("api-1", Names(choice));
        Assert.Equal(["ServiceNotFound", "ContainerNotFound"], told);
        Assert.Equal(
            "ServiceNotFound",
            Assert.Throws<ComposeException>(() => Names(choice with { Services = ["a", "b"], Containers = [] })).Info.Id);
        Assert.Equal(3, told.Count);
    }

    [Fact]
    public void A_port_is_told_once_a_port_of_the_host()
    {
        var web = Of("web", 1) with
        {
            Ports = [
                new("::", 8080, 80, "tcp"), new("0.0.0.0", 8080, 80, "tcp"), new("127.0.0.1", 9090, 80, "tcp"),
                new(null, null, 81, "tcp"), new("::1", 53, 53, "udp")],
        };

        Assert.Equal(["0.0.0.0:8080", "127.0.0.1:9090"], PortLookup.Of(web, 80, "tcp").Select(port => port.Endpoint));
        Assert.Equal("[::1]:53", Assert.Single(PortLookup.Of(web, 53, "udp")).Endpoint);
        Assert.Equal(4, PortLookup.All([web], null).Count());
        Assert.Equal(
            "Port 81/tcp of container p-web-1 is not published; published: 80/tcp, 53/udp.",
            Assert.Throws<ComposeException>(() => PortLookup.Of(web, 81, "tcp")).Info.Message);
        Assert.Equal("PortNotPublished", Assert.Throws<ComposeException>(() => PortLookup.Of(Of("web", 2), 80, "tcp")).Info.Id);
    }

    [Theory]
    [InlineData("00:01:02", 62)]
    [InlineData("1-00:00:01", 86401)]
    [InlineData("2:03", 123)]
    [InlineData("00:00:00.500", 0.5)]
    [InlineData("", 0)]
    [InlineData("?", 0)]
    public void Processor_time_is_read(string text, double seconds) =>
        Assert.Equal(TimeSpan.FromSeconds(seconds), ProcessTable.Duration(text));

    [Fact]
    public void Processes_of_linux_and_windows_are_read()
    {
        var linux = Assert.Single(
            ProcessTable.Read(
                new(
                    ["UID", "PID", "PPID", "C", "STIME", "TTY", "TIME", "CMD"],
                    [["root", "12", "1", "0", "10:00", "?", "00:00:03", "sleep 600"]]),
                Containers[0]));
        var windows = Assert.Single(
            ProcessTable.Read(
                new(["Name", "PID", "CPU", "Private Working Set"], [["cmd.exe", "5", "00:00:00.250", "1 MB"]]), Containers[0]));

        Assert.Equal(
            (12, 1, "root", "sleep 600", "10:00", TimeSpan.FromSeconds(3)),
            (linux.ProcessId, linux.ParentProcessId, linux.User, linux.Command, linux.Started, linux.CpuTime));
        Assert.Equal(
            (5, null, "cmd.exe", TimeSpan.FromSeconds(0.25)),
            (windows.ProcessId, windows.ParentProcessId, windows.Command, windows.CpuTime));
        Assert.Equal("1 MB", windows.Columns["Private Working Set"]);
    }

    private static string Names(ContainerChoice choice) =>
        string.Join(" ", choice.Of(Containers).Select(container => container.Container.Substring(2)));

    private static ComposeContainer Of(string service, int replica, string? name = null) => new()
    {
        EngineHost = "e", ProjectName = "p", Service = service, Container = name
            ?? $"p-{service}-{replica}", Replica = replica, Id = name
            ?? service + replica, OneOff = replica == 0,
    };
}
