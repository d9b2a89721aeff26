using System.Net;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Compose.Engine.Api;
using Compose.Engine.Endpoint;
using Compose.Engine.Own;
using Compose.Engine.Transport;
using Compose.Errors;
using Compose.Tests.Engine.Api;
using Compose.Tests.Support;

namespace Compose.Tests.Engine.Transport;

/// <summary>The real engine over TLS, with valid certificates and with every kind of invalid one.</summary>
public sealed class TlsEndpointTests : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("tls");
    private readonly TestAuthority _authority = new();

    /// <summary>Both HTTP clients with each version of TLS: the versions check a client certificate at different times.</summary>
    public static TheoryData<int, SslProtocols> Ways => new()
    {
        { (int)TransportKind.Default, SslProtocols.Tls13 },
        { (int)TransportKind.Default, SslProtocols.Tls12 },
        { (int)TransportKind.Http1, SslProtocols.Tls13 },
        { (int)TransportKind.Http1, SslProtocols.Tls12 },
    };

    public void Dispose()
    {
        _authority.Dispose();
        _directory.Delete(true);
    }

    [EngineTheory]
    [MemberData(nameof(Ways))]
    public async Task An_engine_behind_mutual_tls_answers_and_takes_input_to_its_end(int kind, SslProtocols protocol)
    {
        using var proxy = new TlsProxy(_authority.IssueServer(), _authority, protocol);
        using var client = await EngineClient.ConnectAsync(
            proxy.Endpoint(_authority.WriteFiles(_directory.FullName)), CancellationToken.None, (TransportKind)kind);

        for (var count = 0; count < 5; count++)
            await client.Containers.ListAsync(true, Filters.Label("compose.tests=none"), CancellationToken.None);

        Assert.Equal(1, client.Dials);
        Assert.False(client.IsLocal);
        Assert.Equal("typed here", await ExecEcho.InNewContainerAsync(client));
    }

    [EngineTheory]
    [MemberData(nameof(Ways))]
    public async Task A_client_without_a_certificate_is_refused(int kind, SslProtocols protocol)
    {
        using var proxy = new TlsProxy(_authority.IssueServer(), _authority, protocol);

        var error = await FailureAsync(proxy.Endpoint(_authority.WriteFiles(_directory.FullName, client: false)), kind);

        Assert.Equal("EngineClientCertificateRefused", error.Info.Id);
        Assert.Contains("without a certificate", error.Info.Message, StringComparison.Ordinal);
    }

    [EngineTheory]
    [MemberData(nameof(Ways))]
    public async Task A_certificate_the_engine_does_not_trust_is_refused(int kind, SslProtocols protocol)
    {
        using var other = new TestAuthority("CN=Somebody else");
        using var proxy = new TlsProxy(_authority.IssueServer(), other, protocol);

        var error = await FailureAsync(proxy.Endpoint(_authority.WriteFiles(_directory.FullName)), kind);

        Assert.Equal("EngineClientCertificateRefused", error.Info.Id);
        Assert.Contains("cert.pem", error.Info.Message, StringComparison.Ordinal);
    }

    [EngineTheory]
    [InlineData("CN=Somebody else")]
    [InlineData("CN=Compose Test CA")]
    public async Task A_certificate_of_another_authority_is_not_trusted_even_of_the_same_name(string name)
    {
        using var other = new TestAuthority(name);
        using var proxy = new TlsProxy(other.IssueServer(), _authority);

        var error = await FailureAsync(proxy.Endpoint(_authority.WriteFiles(_directory.FullName)));

        Assert.Equal("EngineCertificateNotTrusted", error.Info.Id);
        Assert.Contains("ca.pem", error.Info.Message, StringComparison.Ordinal);
    }

    [EngineFact]
    public async Task An_expired_certificate_is_told_with_its_dates()
    {
        using var proxy = new TlsProxy(_authority.IssueServer(expired: true), _authority);

        var error = await FailureAsync(proxy.Endpoint(_authority.WriteFiles(_directory.FullName)));

        Assert.Equal("EngineCertificateExpired", error.Info.Id);
        Assert.Matches(@"to \d{4}-\d\d-\d\d", error.Info.Message);
    }

    [EngineTheory]
    [InlineData("elsewhere.example", "localhost")]
    [InlineData("localhost", "127.0.0.1")]
    [InlineData("10.1.2.3", "127.0.0.1")]
    public async Task A_certificate_for_another_name_is_told_with_both_names(string issuedFor, string dialed)
    {
        using var proxy = new TlsProxy(_authority.IssueServer(issuedFor), _authority);

        var error = await FailureAsync(proxy.Endpoint(_authority.WriteFiles(_directory.FullName), dialed));

        Assert.Equal("EngineCertificateNameMismatch", error.Info.Id);
        Assert.Contains(issuedFor, error.Info.Message, StringComparison.Ordinal);
        Assert.Contains(dialed, error.Info.Message, StringComparison.Ordinal);
    }

    [EngineFact]
    public async Task An_address_is_a_name_a_certificate_may_be_for()
    {
        using var proxy = new TlsProxy(_authority.IssueServer("127.0.0.1"), _authority);

        using var client = await EngineClient.ConnectAsync(
            proxy.Endpoint(_authority.WriteFiles(_directory.FullName), "127.0.0.1"), CancellationToken.None);

        Assert.Equal("linux", client.OSType);
    }

    [EngineFact]
    public async Task A_certificate_for_clients_is_none_for_an_engine()
    {
        using var proxy = new TlsProxy(_authority.IssueMisused(), _authority);

        var error = await FailureAsync(proxy.Endpoint(_authority.WriteFiles(_directory.FullName)));

        Assert.Equal("EngineCertificateNotTrusted", error.Info.Id);
        Assert.Contains("may not be used", error.Info.Message, StringComparison.Ordinal);
    }

    [EngineFact]
    public async Task An_authority_in_between_may_be_sent_by_the_engine_or_be_the_one_given()
    {
        using var between = _authority.IssueAuthority();
        using var sent = X509Certificate2.CreateFromPem(between.Pem);
        using var complete = new TlsProxy(between.IssueServer(), _authority, SslProtocols.Tls13, sent);
        using var client = await EngineClient.ConnectAsync(
            complete.Endpoint(_authority.WriteFiles(_directory.FullName)), CancellationToken.None);

        using var bare = new TlsProxy(between.IssueServer(), _authority);
        var files = _authority.WriteFiles(_directory.FullName);
        File.WriteAllText(files.Authority!, between.Pem);
        using var other = await EngineClient.ConnectAsync(bare.Endpoint(files), CancellationToken.None);

        Assert.Equal(("linux", "linux"), (client.OSType, other.OSType));
    }

    [EngineFact]
    public async Task Where_no_authority_is_given_the_systems_count_and_no_other()
    {
        using var proxy = new TlsProxy(_authority.IssueServer(), _authority);

        var error = await FailureAsync(proxy.Endpoint(_authority.WriteFiles(_directory.FullName) with { Authority = null }));

        Assert.Equal("EngineCertificateNotTrusted", error.Info.Id);
        Assert.Contains("this system trusts", error.Info.Message, StringComparison.Ordinal);
    }

    [EngineFact]
    public async Task What_is_not_to_be_verified_is_not_and_our_certificate_is_shown_all_the_same()
    {
        using var other = new TestAuthority("CN=Somebody else");
        using var proxy = new TlsProxy(other.IssueServer("elsewhere.example", expired: true), _authority);

        using var client = await EngineClient.ConnectAsync(
            proxy.Endpoint(_authority.WriteFiles(_directory.FullName) with { Verify = false }), CancellationToken.None);

        Assert.Equal("linux", client.OSType);
    }

    [Fact]
    public async Task Whoever_answers_in_plain_http_is_told_so()
    {
        using var plain = new TcpListener(IPAddress.Loopback, 0);
        plain.Start();
        var serving = AnswerAsync(plain, "HTTP/1.0 400 Bad Request\r\n\r\n");

        var error = await FailureAsync(
            new EngineEndpoint(
                new Uri($"tcp://localhost:{((IPEndPoint)plain.LocalEndpoint).Port}"), null,
                _authority.WriteFiles(_directory.FullName)));

        await serving;
        Assert.Equal("EngineSpeaksPlainHttp", error.Info.Id);
    }

    [Theory]
    [InlineData((int)TransportKind.Default)]
    [InlineData((int)TransportKind.Http1)]
    public async Task An_engine_that_wants_tls_is_told_so(int kind)
    {
        using var engine = new FakeEngine(["HTTP/1.0 400 Bad Request\r\n\r\nClient sent an HTTP request to an HTTPS server.\n"]);

        Assert.Equal("EngineSpeaksTls", (await FailureAsync(engine.Endpoint, kind)).Info.Id);
    }

    private static async Task AnswerAsync(TcpListener listener, string answer)
    {
        using var client = await listener.AcceptTcpClientAsync();
        var stream = client.GetStream();
        _ = await stream.ReadAsync(new byte[4096]);
        await stream.WriteAsync(Encoding.ASCII.GetBytes(answer));
    }

    private static async Task<ComposeException> FailureAsync(
        EngineEndpoint endpoint, int kind = 0) => await Assert.ThrowsAnyAsync<ComposeException>(async () =>
    {
        using var client = await EngineClient.ConnectAsync(endpoint, CancellationToken.None, (TransportKind)kind);
    });
}
