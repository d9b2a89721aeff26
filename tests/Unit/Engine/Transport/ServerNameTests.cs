using Compose.Engine.Transport.Tls;

namespace Compose.Tests.Engine.Transport;

/// <summary>Which hosts a certificate's names match.</summary>
public class ServerNameTests
{
    [Theory]
    [InlineData("engine.example", "engine.example", true)]
    [InlineData("Engine.Example", "engine.example.", true)]
    [InlineData("engine.example", "other.example", false)]
    [InlineData("engine.example", "sub.engine.example", false)]
    [InlineData("*.example.com", "engine.example.com", true)]
    [InlineData("*.example.com", "a.b.example.com", false)]
    [InlineData("*.example.com", "example.com", false)]
    [InlineData("*.com", "example.com", false)]
    [InlineData("*", "localhost", false)]
    [InlineData("e*.example.com", "engine.example.com", false)]
    [InlineData("10.0.0.1", "10.0.0.1", true)]
    [InlineData("10.0.0.1", "10.0.0.2", false)]
    [InlineData("::1", "0:0:0:0:0:0:0:1", true)]
    [InlineData("*.0.0.1", "10.0.0.1", false)]
    [InlineData("", "localhost", false)]
    public void A_name_stands_for(string name, string host, bool matches) =>
        Assert.Equal(matches, ServerName.Matches([name], host));

    [Fact]
    public void No_name_stands_for_nothing() => Assert.False(ServerName.Matches([], "localhost"));
}
