using System.Net;
using System.Net.Sockets;

namespace Compose.Engine.Transport.Sockets;

/// <summary>Dials plain tcp, with keep-alive so a dead peer is noticed on a quiet stream.</summary>
internal sealed class TcpDialer(string host, int port) : IDialer
{
#if NET
    public Task<Stream> DialAsync(CancellationToken cancellationToken) =>
        ConnectAsync(new Socket(SocketType.Stream, ProtocolType.Tcp), new DnsEndPoint(host, port), cancellationToken);
#else
    /// <summary>.NET Framework's sockets know no list of addresses, so each is tried by itself.</summary>
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
