using System.Security.Cryptography;
using System.Text;
using Compose.Engine.Endpoint;
using Compose.Errors;

namespace Compose.Tests.Engine.Endpoint;

/// <summary>The order of the settings that choose the endpoint.</summary>
public sealed class EndpointResolverTests : IDisposable
{
    private readonly DirectoryInfo _home = Directory.CreateTempSubdirectory("endpoint");

    public void Dispose() => _home.Delete(true);

    [Theory]
    [InlineData(null, null, null, false, "unix:///var/run/docker.sock")]
    [InlineData(null, null, null, true, "npipe:////./pipe/docker_engine")]
    [InlineData(null, null, "tcp://env:1", false, "tcp://env:1")]
    [InlineData(null, null, "", false, "unix:///var/run/docker.sock")]
    [InlineData(" ", null, "  ", false, "unix:///var/run/docker.sock")]
    [InlineData("", "prod", "tcp://env:1", false, "tcp://prod:2375")]
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
    [InlineData("myhost:2375", "tcp://myhost:2375")]
    [InlineData("myhost", "tcp://myhost:2375")]
    [InlineData(":77", "tcp://localhost:77")]
    [InlineData("tcp://:77", "tcp://localhost:77")]
    [InlineData("tcp://", "tcp://localhost:2375")]
    [InlineData("tcp://[::1]:77", "tcp://[::1]:77")]
    [InlineData("tcp://host/", "tcp://host:2375")]
    [InlineData("TCP://host:1", "tcp://host:1")]
    [InlineData("unix://", "unix:///var/run/docker.sock")]
    [InlineData("npipe:////./pipe/docker_engine", "npipe:////./pipe/docker_engine")]
    [InlineData("npipe://\\\\.\\pipe\\docker_engine", "npipe:////./pipe/docker_engine")]
    [InlineData("ssh://me@host:22", "ssh://me@host:22")]
    [InlineData(" tcp://host:1 ", "tcp://host:1")]
    public void An_address_is_spelled_out_as_docker_does(string host, string expected) =>
        Assert.Equal(expected, Resolve(host, null, false).Host);

    [Theory]
    [InlineData("/run/docker.sock", "unix:///run/docker.sock")]
    [InlineData("unix:/run/docker.sock", "unix:///run/docker.sock")]
    public void A_path_without_its_kind_is_told_how_it_is_written(string host, string right) =>
        Assert.Contains(
            right, Assert.Throws<ComposeException>(() => Resolve(host, null, false)).Info.Advice, StringComparison.Ordinal);

    [Theory]
    [InlineData("\uFEFF{\"currentContext\":\"prod\"}", "tcp://prod:2375")]
    [InlineData("", "unix:///var/run/docker.sock")]
    [InlineData("{\"currentContext\":5}", "unix:///var/run/docker.sock")]
    [InlineData("[]", null)]
    public void The_configuration_may_have_a_mark_of_encoding_or_nothing_in_it_but_is_an_object(string config, string? expected)
    {
        WriteContext("prod", "tcp://prod:2375");
        File.WriteAllText(Path.Combine(_home.FullName, ".docker", "config.json"), config);

        if (expected is not null)
            Assert.Equal(expected, Resolve(null, null, false).Host);
        else
            Assert.Equal("DockerConfigInvalid", Assert.Throws<ComposeException>(() => Resolve(null, null, false)).Info.Id);
    }

    [Theory]
    [InlineData("ftp://host")]
    [InlineData("tcp://host:1/path")]
    [InlineData("/var/run/docker.sock")]
    [InlineData("ssh://me:secret@host")]
    [InlineData("ssh://host/it%27s")]
    [InlineData("ssh://a%22b@host")]
    [InlineData("tcp://a b")]
    public void What_is_no_address_of_an_engine_is_refused(string host)
    {
        var error = Assert.Throws<ComposeException>(() => Resolve(host, null, false));

        Assert.Equal("InvalidEndpoint", error.Info.Id);
        Assert.DoesNotContain("secret", error.Info.ToString() + error.Info.Target, StringComparison.Ordinal);
    }

    [Fact]
    public void The_environments_tls_speaks_of_docker_host_of_a_given_host_and_of_the_default()
    {
        WriteContext("prod", "tcp://prod:2376");
        Write(Path.Combine("certs", "cert.pem"), "x");
        Write(Path.Combine("certs", "key.pem"), "x");
        var certs = Path.Combine(_home.FullName, "certs");
        var expected = new TlsFiles(
            Path.Combine(certs, "ca.pem"), Path.Combine(certs, "cert.pem"), Path.Combine(certs, "key.pem"));
        (string, string?)[] tls = [("DOCKER_TLS_VERIFY", "1"), ("DOCKER_CERT_PATH", certs)];

        Assert.Equal(expected, Resolve("tcp://mine:2376", null, false, tls).Tls);
        Assert.Equal(expected, Resolve(null, null, false, [.. tls, ("DOCKER_HOST", "tcp://env:2376")]).Tls);
        Assert.Equal(
            ("tcp://localhost:2376", expected), (Resolve(null, null, false, tls).Host, Resolve(null, null, false, tls).Tls!));
        Assert.Null(Resolve(null, "prod", false, tls).Tls);
        Assert.Null(Resolve("unix:///mine.sock", null, false, tls).Tls);
        Assert.Equal(new TlsFiles(null, null, null), Resolve("https://mine:2376", null, false).Tls);
        Assert.Null(Resolve("tcp://mine:2376", null, false, ("DOCKER_TLS_VERIFY", ""), ("DOCKER_CERT_PATH", certs)).Tls);
        Assert.Equal(
            new TlsFiles(null, null, null, Verify: false), Resolve("tcp://mine:2376", null, false, ("DOCKER_TLS", "1")).Tls);
    }

    [Fact]
    public void A_context_brings_its_own_tls_files_and_an_objects_host_finds_them_again()
    {
        WriteContext("prod", "tcp://prod:2376", "ca.pem", "cert.pem", "key.pem");
        WriteContext("lax", "tcp://lax:2376", true);

        var prod = Resolve(null, "prod", false);

        Assert.EndsWith(Path.Combine("docker", "ca.pem"), prod.Tls!.Authority, StringComparison.Ordinal);
        Assert.True(prod.Tls.Certificate is not null && prod.Tls.Key is not null && prod.Tls.Verify);
        Assert.Equal(new TlsFiles(null, null, null, Verify: false), Resolve(null, "lax", false).Tls);
        Assert.Equal(prod.Tls, Resolve(prod.Host, null, false).Tls);
        Assert.Equal(
            prod.Tls, Resolve(prod.Host, null, false, ("DOCKER_TLS_VERIFY", "1"), ("DOCKER_HOST", "tcp://other:2376")).Tls);
    }

    [Fact]
    public void Dockers_own_programs_are_told_the_same()
    {
        WriteContext("prod", "tcp://prod:2376", "ca.pem", "cert.pem", "key.pem");
        var variables = Resolve(null, "prod", false).DockerVariables;

        Assert.Equal(
            ("tcp://prod:2376", "1", null, null),
            (variables["DOCKER_HOST"], variables["DOCKER_TLS_VERIFY"], variables["DOCKER_TLS"], variables["DOCKER_CONTEXT"]));
        Assert.True(File.Exists(Path.Combine(variables["DOCKER_CERT_PATH"]!, "key.pem")));
        Assert.Null(Resolve("tcp://plain:2375", null, false).DockerVariables["DOCKER_TLS_VERIFY"]);
    }

    [Theory]
    [InlineData("default", "prod", null, "unix:///var/run/docker.sock")]
    [InlineData("default", "prod", "tcp://env:1", "tcp://env:1")]
    [InlineData(null, "prod", null, "tcp://prod:2375")]
    [InlineData(null, "prod", "tcp://env:1", "tcp://env:1")]
    [InlineData(null, "default", null, "unix:///var/run/docker.sock")]
    [InlineData(null, "", null, "tcp://prod:2375")]
    public void The_context_default_is_the_environments(string? context, string? variable, string? dockerHost, string expected)
    {
        WriteContext("prod", "tcp://prod:2375");
        Write(Path.Combine(".docker", "config.json"), """{"currentContext":"prod"}""");

        Assert.Equal(expected, Resolve(null, context, false, ("DOCKER_CONTEXT", variable), ("DOCKER_HOST", dockerHost)).Host);
    }

    [Fact]
    public void Docker_config_says_where_contexts_are()
    {
        WriteContext("prod", "tcp://prod:2375");
        Directory.Move(Path.Combine(_home.FullName, ".docker"), Path.Combine(_home.FullName, "elsewhere"));

        Assert.Equal(
            "tcp://prod:2375", Resolve(null, "prod", false, ("DOCKER_CONFIG", Path.Combine(_home.FullName, "elsewhere"))).Host);
    }

    [Theory]
    [InlineData("nobody", null, "-Context")]
    [InlineData(null, "nobody", "DOCKER_CONTEXT")]
    [InlineData(null, null, "config.json")]
    public void An_unknown_context_is_told_with_where_it_was_named_and_those_there_are(
        string? context, string? variable, string origin)
    {
        WriteContext("prod", "tcp://prod:2375");
        Write(Path.Combine(".docker", "config.json"), """{"currentContext":"nobody"}""");

        var error = Assert.Throws<ComposeException>(() => Resolve(null, context, false, ("DOCKER_CONTEXT", variable)));

        Assert.Equal("ContextNotFound", error.Info.Id);
        Assert.Contains(origin, error.Info.Message, StringComparison.Ordinal);
        Assert.Contains("'default', 'prod'", error.Info.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_broken_configuration_is_told()
    {
        Write(Path.Combine(".docker", "config.json"), "{");

        Assert.Equal("DockerConfigInvalid", Assert.Throws<ComposeException>(() => Resolve(null, null, false)).Info.Id);
    }

    private EngineEndpoint Resolve(
        string? host, string? context, bool windows, params (string Name, string? Value)[] variables) =>
        EndpointResolver.Resolve(new EndpointRequest(host, context,
            variables.Where(variable => variable.Value is not null)
                .ToDictionary(variable => variable.Name, variable => variable.Value!), _home.FullName, windows));

    private void WriteContext(string name, string host, params string[] tlsFiles) => WriteContext(name, host, false, tlsFiles);

    private void WriteContext(string name, string host, bool skipVerify, params string[] tlsFiles)
    {
        var digest = Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(name))).ToLowerInvariant();
        var contexts = Path.Combine(".docker", "contexts");
        Write(Path.Combine(contexts, "meta", digest, "meta.json"),
            "{\"Name\":\"" + name + "\",\"Endpoints\":{\"docker\":{\"Host\":\"" + host + "\",\"SkipTLSVerify\":" + (
                skipVerify ? "true" : "false") + "}}}");
        foreach (var file in tlsFiles)
            Write(Path.Combine(contexts, "tls", digest, "docker", file), "x");
    }

    private void Write(string file, string text)
    {
        var path = Path.Combine(_home.FullName, file);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
    }
}
