using System.Net;
using System.Net.Sockets;

namespace Compose.Engine.Transport.Sockets;

/// <summary>Connects over tcp without TLS, with keep-alive to detect a dead peer on an idle stream.</summary>
internal sealed class TcpDialer(string host, int port) : IDialer
{
#if NET
    public Task<Stream> DialAsync(CancellationToken cancellationToken) =>
        ConnectAsync(new Socket(SocketType.Stream, ProtocolType.Tcp), new DnsEndPoint(host, port), cancellationToken);
#else
    /// <summary>Tries each address of the host in turn; on .NET, connecting to a host name does that.</summary>
    public async Task<Stream> DialAsync(CancellationToken cancellationToken)
    {
        var addresses = await Dns.GetHostAddressesAsync(host).ConfigureAwait(false);
        for (var index = 0; ; index++)
        {
            var address = addresses[index];
            try
            {
                return await ConnectAsync(
                    new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp), new IPEndPoint(address, port),
                    cancellationToken).ConfigureAwait(false);
            }
            catch (SocketException) when (index < addresses.Length - 1)
            {
                continue;
            }
        }
    }
#endif

    private static async Task<Stream> ConnectAsync(Socket socket, EndPoint endPoint, CancellationToken cancellationToken)
    {
        try
        {
            socket.NoDelay = true;
            socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.KeepAlive, true);
            await socket.ConnectAsync(endPoint, cancellationToken).ConfigureAwait(false);
            return new SocketStream(socket);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
