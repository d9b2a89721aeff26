using System.Net.Sockets;

namespace Compose.Engine.Transport.Sockets;

/// <summary>The stream of a connected socket whose write side can be closed.</summary>
internal sealed class SocketStream(Socket socket) : NetworkStream(socket, ownsSocket: true), IHalfClose
{
    public Task CloseWriteAsync(CancellationToken cancellationToken)
    {
        Socket.Shutdown(SocketShutdown.Send);
        return Task.CompletedTask;
    }
}
