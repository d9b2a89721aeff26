using System.Net;
using System.Net.Sockets;

namespace Compose.Engine.Transport;

/// <summary>Dials plain tcp, with keep-alive so a dead peer is noticed on a quiet stream.</summary>
internal sealed class TcpDialer(string host, int port) : IDialer
{
    public async Task<Stream> DialAsync(CancellationToken cancellationToken)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.KeepAlive, true);
        try
        {
            await socket.ConnectAsync(new DnsEndPoint(host, port), cancellationToken).ConfigureAwait(false);
            return new SocketStream(socket);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
