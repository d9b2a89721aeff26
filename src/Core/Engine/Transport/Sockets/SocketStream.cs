using System.Net.Sockets;

namespace Compose.Engine.Transport.Sockets;

/// <summary>A connected socket as a stream that can close its writing side.</summary>
internal sealed class SocketStream(Socket socket) : NetworkStream(socket, ownsSocket: true), IHalfClose
{
    public Task CloseWriteAsync(CancellationToken cancellationToken)
    {
        Socket.Shutdown(SocketShutdown.Send);
        return Task.CompletedTask;
    }
}
