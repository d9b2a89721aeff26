using Compose.Engine.Endpoint;

namespace Compose.Tests.Engine.Endpoint;

/// <summary>The proxies that a container gets from docker's configuration.</summary>
public class ClientProxiesTests
{
    [Theory]
    [InlineData("unix:///a.sock", "http://a")]
    [InlineData("unix:///b.sock", "http://default")]
    public void An_engines_own_come_before_the_default(string engine, string proxy)
    {
        var directory = Directory.CreateTempSubdirectory("proxies");
        File.WriteAllText(Path.Combine(directory.FullName, "config.json"),
            """{"proxies":{"default":{"httpProxy":"http://default","noProxy":"x"},"unix:///a.sock":{"httpProxy":"http://a"}}}""");
        var variables = ClientProxies.Read(directory.FullName, engine);
        directory.Delete(true);

        Assert.Equal(proxy, variables["HTTP_PROXY"]);
        Assert.Equal(proxy, variables["http_proxy"]);
        Assert.Equal(engine == "unix:///b.sock", variables.ContainsKey("NO_PROXY"));
        Assert.Empty(ClientProxies.Read(directory.FullName, engine));
    }
}
