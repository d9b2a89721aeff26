using System.Security.Cryptography;
using System.Text;
using Compose.Engine.Endpoint;
using Compose.Errors;

namespace Compose.Tests.Engine;

/// <summary>Which engine is meant.</summary>
public sealed class EndpointResolverTests : IDisposable
{
    private readonly DirectoryInfo _home = Directory.CreateTempSubdirectory("endpoint");

    public void Dispose() => _home.Delete(true);

    [Theory]
    [InlineData(null, null, null, false, "unix:///var/run/docker.sock")]
    [InlineData(null, null, null, true, "npipe:////./pipe/docker_engine")]
    [InlineData(null, null, "tcp://env:1", false, "tcp://env:1")]
    [InlineData("unix:///mine.sock", "prod", "tcp://env:1", false, "unix:///mine.sock")]
    [InlineData(null, "prod", "tcp://env:1", false, "tcp://prod:2375")]
    [InlineData(null, "default", "tcp://env:1", false, "tcp://env:1")]
    public void What_is_said_most_directly_wins(string? host, string? context, string? dockerHost, bool windows, string expected)
    {
        WriteContext("prod", "tcp://prod:2375");

        Assert.Equal(expected, Resolve(host, context, windows, ("DOCKER_HOST", dockerHost)).Host);
    }

    [Fact]
    public void The_current_context_of_the_configuration_counts_last()
    {
        WriteContext("prod", "tcp://prod:2375");
        File.WriteAllText(Path.Combine(_home.FullName, ".docker", "config.json"), """{"currentContext":"prod"}""");

        Assert.Equal("tcp://prod:2375", Resolve(null, null, false).Host);
        Assert.Equal("tcp://env:1", Resolve(null, null, false, ("DOCKER_HOST", "tcp://env:1")).Host);
    }

    [Theory]
    [InlineData("ssh://host", "EndpointNotSupported")]
    [InlineData("https://host", "EndpointNotSupported")]
    [InlineData("ftp://host", "InvalidEndpoint")]
    [InlineData("nonsense", "InvalidEndpoint")]
    public void What_cannot_be_reached_is_refused(string host, string id)
    {
        var error = Assert.Throws<ComposeException>(() => Resolve(host, null, false));

        Assert.Equal(id, error.Info.Id);
    }

    [Fact]
    public void Tls_is_refused_rather_than_left_out() =>
        Assert.Equal("EndpointNotSupported", Assert.Throws<ComposeException>(() => Resolve("tcp://host:2376", null, false, ("DOCKER_TLS_VERIFY", "1"))).Info.Id);

    [Fact]
    public void An_unknown_context_is_told() =>
        Assert.Equal("ContextNotFound", Assert.Throws<ComposeException>(() => Resolve(null, "nobody", false)).Info.Id);

    private EngineEndpoint Resolve(string? host, string? context, bool windows, params (string Name, string? Value)[] variables) =>
        EndpointResolver.Resolve(new EndpointRequest(host, context,
            variables.Where(variable => variable.Value is not null).ToDictionary(variable => variable.Name, variable => variable.Value!), _home.FullName, windows));

    private void WriteContext(string name, string host)
    {
        var digest = Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(name))).ToLowerInvariant();
        var directory = Directory.CreateDirectory(Path.Combine(_home.FullName, ".docker", "contexts", "meta", digest));
        File.WriteAllText(Path.Combine(directory.FullName, "meta.json"), "{\"Endpoints\":{\"docker\":{\"Host\":\"" + host + "\"}}}");
    }
}
