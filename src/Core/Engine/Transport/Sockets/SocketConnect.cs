#if !NET
using System.Net;
using System.Net.Sockets;

namespace Compose.Engine.Transport.Sockets;

/// <summary>A cancellable connect, which .NET Framework lacks.</summary>
internal static class SocketConnect
{
    public static async Task ConnectAsync(this Socket socket, EndPoint endPoint, CancellationToken cancellationToken)
    {
        using var registration = cancellationToken.Register(socket.Dispose);
        try
        {
            await Task.Factory.FromAsync(socket.BeginConnect, socket.EndConnect, endPoint, null).ConfigureAwait(false);
        }
        catch (Exception) when (cancellationToken.IsCancellationRequested)
        {
            throw new OperationCanceledException(cancellationToken);
        }
    }
}
#endif
