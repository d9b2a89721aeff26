using System.Net;

namespace Compose.Tests;

/// <summary>A listener that can be disposed, as elsewhere; found before the framework's in our own namespaces.</summary>
internal sealed class TcpListener(IPAddress address, int port) : System.Net.Sockets.TcpListener(address, port), IDisposable
{
    public void Dispose() => Stop();
}
