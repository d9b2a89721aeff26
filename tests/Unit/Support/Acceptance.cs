using System.Net.Sockets;

namespace Compose.Tests.Support;

internal static class Acceptance
{
    private const int Interval = 5;

    /// <summary>
    /// The next connection. Under Wine an accept that is still waiting when its listener stops ends the whole process, so there
    /// it begins only once somebody connects.
    /// </summary>
    public static async Task<TcpClient> NextClientAsync(this TcpListener listener)
    {
        while (Path.DirectorySeparatorChar == '\\' && !listener.Pending())
            await Task.Delay(Interval);
        return await listener.AcceptTcpClientAsync();
    }
}
