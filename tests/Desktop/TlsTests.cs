using System.Diagnostics;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Compose.Engine.Api;
using Compose.Engine.Endpoint;
using Compose.Engine.Transport;
using Compose.Engine.Transport.Sockets;
using Compose.Engine.Transport.Tls;
using Compose.Errors;
using Compose.Model.Binding;
using Compose.Tests.Engine;
using Compose.Tests.Engine.Api;

namespace Compose.Tests.Desktop;

/// <summary>
/// Mutual TLS on .NET Framework, which has its own TLS stream and certificate chain. openssl makes the certificates.
/// </summary>
public sealed class TlsTests : IDisposable
{
    private readonly string _folder = Directory.CreateDirectory(
        Path.Combine(Path.GetTempPath(), "tls" + Guid.NewGuid().ToString("N"))).FullName;
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);

    public TlsTests() => _listener.Start();

    /// <summary>Makes certificates with the openssl program. Skipped without it.</summary>
    [AttributeUsage(AttributeTargets.Method)]
    private sealed class OpenSslFactAttribute : FactAttribute
    {
        public OpenSslFactAttribute() => Skip = File.Exists("/usr/bin/openssl") ? null : "There is no openssl.";
    }

    public void Dispose()
    {
        _listener.Stop();
        Directory.Delete(_folder, true);
    }

    [OpenSslFact]
    public async Task An_engine_is_verified_against_the_given_authority_and_its_name()
    {
        Authority("ca");
        Authority("other");
        Issue("good", "ca", "subjectAltName=DNS:localhost");
        Issue("elsewhere", "ca", "subjectAltName=DNS:elsewhere.example");
        Issue("foreign", "other", "subjectAltName=DNS:localhost");
        Issue("user", "ca", "extendedKeyUsage=clientAuth");
        Issue("stranger", "other", "extendedKeyUsage=clientAuth");

        Assert.Equal("1.45", await ConnectAsync("good", "user"));
        Assert.Equal("EngineCertificateNotTrusted", await ConnectAsync("foreign", "user"));
        Assert.Equal("EngineCertificateNameMismatch", await ConnectAsync("elsewhere", "user"));
        Assert.Equal("1.45", await ConnectAsync("foreign", "user", verify: false));
        Assert.Equal("EngineClientCertificateRefused", await ConnectAsync("good", "stranger"));
        Assert.Equal("EngineClientCertificateRefused", await ConnectAsync("good", null));
    }

    /// <summary>
    /// A process built for .NET Framework before 4.7, such as powershell.exe, allows only older protocols unless the code names
    /// them.
    /// </summary>
    [Fact]
    public void The_system_chooses_the_protocol_only_where_the_process_lets_it()
    {
        Assert.Equal(SslProtocols.None, TlsDialer.Protocols(SecurityProtocolType.SystemDefault));
        Assert.Equal(SslProtocols.Tls12, TlsDialer.Protocols(SecurityProtocolType.Ssl3 | SecurityProtocolType.Tls));
        Assert.Equal(
            SslProtocols.Tls12,
            TlsDialer.Protocols(SecurityProtocolType.Tls | SecurityProtocolType.Tls11 | SecurityProtocolType.Tls12));
    }

    /// <summary>
    /// Serves one engine answer with one certificate, and requests it with another. Returns the agreed version, or the id of
    /// the error.
    /// </summary>
    private async Task<string> ConnectAsync(string server, string? client, bool verify = true)
    {
        var serving = ServeAsync(server);
        var files = new TlsFiles(
            At("ca.pem"), client is null ? null : At(client + ".pem"), client is null ? null : At(client + ".key"), verify);
        var endpoint = new EngineEndpoint(new Uri($"tcp://localhost:{((IPEndPoint)_listener.LocalEndpoint).Port}"), null, files);
        try
        {
            using var engine = await EngineClient.ConnectAsync(endpoint, CancellationToken.None);
            return engine.ApiVersion.ToString();
        }
        catch (ComposeException exception)
        {
            return exception.Info.Id;
        }
        finally
        {
            await serving;
        }
    }

    private async Task ServeAsync(string server)
    {
        using var accepted = await _listener.AcceptTcpClientAsync();
        try
        {
            using var certificate = new X509Certificate2(At(server + ".pfx"), "test");
            using var tls = new SslStream(
                accepted.GetStream(), false, (_, shown, _, _) => shown is not null && shown.Issuer == "CN=ca");
            await tls.AuthenticateAsServerAsync(
                certificate, clientCertificateRequired: true, SslProtocols.Tls12, checkCertificateRevocation: false);
            await tls.ReadAsync(new byte[4096], 0, 4096);
            var answer = Encoding.ASCII.GetBytes(FakeEngine.Ping);
            await tls.WriteAsync(answer, 0, answer.Length);
        }
        catch (Exception exception) when (exception is IOException or AuthenticationException or ObjectDisposedException)
        {
            // The test checks the errors of the client, not of the server.
        }
    }

    private void Authority(string name) =>
        OpenSsl($"req -x509 -newkey rsa:2048 -nodes -days 30 -subj /CN={name} -keyout {name}.key -out {name}.pem");

    private void Issue(string name, string authority, string extension)
    {
        File.WriteAllText(At(name + ".ext"), extension);
        OpenSsl($"req -newkey rsa:2048 -nodes -subj /CN={name} -keyout {name}.key -out {name}.csr");
        OpenSsl(
            $"x509 -req -in {name}.csr -CA {authority}.pem -CAkey {authority}.key -CAcreateserial -days 30 -extfile {name}.ext "
                + $"-out {name}.pem");
        OpenSsl($"pkcs12 -export -legacy -passout pass:test -in {name}.pem -inkey {name}.key -out {name}.pfx");
    }

    private void OpenSsl(string arguments)
    {
        using var process = Process.Start(
            new ProcessStartInfo("openssl", arguments)
            {
                WorkingDirectory = _folder,
                UseShellExecute = false,
                RedirectStandardError = true,
            });
        var said = process.StandardError.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, said);
    }

    private string At(string name) => Path.Combine(_folder, name);
}
