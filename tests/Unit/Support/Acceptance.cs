using System.Net.Sockets;

namespace Compose.Tests.Support;

internal static class Acceptance
{
    private const int Interval = 5;

    /// <summary>
    /// Accepts the next connection. Under Wine a pending accept crashes the process when its listener is stopped, so there it
    /// begins only when a client is connecting.
    /// </summary>
    public static async Task<TcpClient> NextClientAsync(this TcpListener listener)
    {
        while (Path.DirectorySeparatorChar == '\\' && !listener.Pending())
            await Task.Delay(Interval);
        return await listener.AcceptTcpClientAsync();
    }
}
