using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using Compose.Engine.Endpoint;
using Compose.Engine.Transport;
using Compose.Tests.Support;

namespace Compose.Tests.Engine.Transport;

/// <summary>The real engine behind mutual TLS: terminates TLS, requires a client certificate, and forwards the data.</summary>
internal sealed class TlsProxy : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly X509Certificate2 _certificate;
    private readonly X509Certificate2Collection _intermediates;
    private readonly TestAuthority _clients;
    private readonly SslProtocols _protocol;

    public TlsProxy(
        X509Certificate2 certificate, TestAuthority clients, SslProtocols protocol = SslProtocols.Tls13,
        params X509Certificate2[] intermediates)
    {
        (_certificate, _clients, _protocol, _intermediates) = (certificate, clients, protocol, [.. intermediates]);
        _listener.Start();
        _ = AcceptAsync();
    }

    private int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public string Host(string name = "localhost") => $"tcp://{name}:{Port}";

    public EngineEndpoint Endpoint(TlsFiles files, string name = "localhost") => new(new Uri(Host(name)), null, files);

    public void Dispose()
    {
        _listener.Stop();
        _certificate.Dispose();
    }

    private async Task AcceptAsync()
    {
        while (true)
        {
            TcpClient client;
            try
            {
                client = await _listener.AcceptTcpClientAsync();
            }
            catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
            {
                return;
            }

            _ = ServeAsync(client);
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        try
        {
            using var tls = new SslStream(
                client.GetStream(), false,
                (_, shown, _, _) => shown is X509Certificate2 certificate && _clients.Issued(certificate));
            await tls.AuthenticateAsServerAsync(new SslServerAuthenticationOptions
            {
                ServerCertificateContext = SslStreamCertificateContext.Create(_certificate, _intermediates, offline: true),
                ClientCertificateRequired = true,
                EnabledSslProtocols = _protocol,
            });
            using var plain = await TestEngine.DialAsync();
            var inbound = PassAsync(tls, plain, () => ((IHalfClose)plain).CloseWriteAsync(CancellationToken.None));
            await PassAsync(plain, tls, () => Task.CompletedTask);
            _ = inbound;
        }
        catch (Exception exception) when (exception is IOException
            or AuthenticationException
            or SocketException
            or ObjectDisposedException)
        {
            // The tests check the errors on the client's side.
        }
        finally
        {
            client.Dispose();
        }
    }

    private static async Task PassAsync(Stream from, Stream to, Func<Task> end)
    {
        try
        {
            await from.CopyToAsync(to);
            await end();
        }
        catch (Exception exception) when (exception is IOException or ObjectDisposedException or SocketException)
        {
            // One side closed the connection; the caller closes the other.
        }
    }
}
