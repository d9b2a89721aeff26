using Compose.Execute.Running;

namespace Compose.Tests.Execute.Running;

/// <summary>Which host port an engine's refusal names, in the words of each engine.</summary>
public class PortConflictTests
{
    [Theory]
    [InlineData("endpoint x (a1b2): Bind for 0.0.0.0:8080 failed: port is already allocated", 8080)]
    [InlineData("endpoint x (a1b2): Bind for :::8080 failed: port is already allocated", 8080)]
    [InlineData("Error starting userland proxy: listen tcp4 127.0.0.1:8080: bind: address already in use", 8080)]
    [InlineData("Error starting userland proxy: listen tcp6 [::]:8080: bind: address already in use", 8080)]
    [InlineData("failed to bind host port for 0.0.0.0:8080:172.17.0.2:80/tcp: address already in use", 8080)]
    [InlineData("failed to bind host port for [::]:8080:[fd00::2]:80/tcp: address already in use", 8080)]
    [InlineData("failed to bind host port 0.0.0.0:8080/tcp: address already in use", 8080)]
    [InlineData("no port is named here", null)]
    public void The_port_that_is_taken_is_read_from_the_refusal(string message, int? port) =>
        Assert.Equal(port, PortConflict.PortOf(message));
}
