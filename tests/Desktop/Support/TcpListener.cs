using System.Net;

namespace Compose.Tests;

/// <summary>A listener that can be disposed, as in newer .NET. Our namespaces find it before the framework's.</summary>
internal sealed class TcpListener(IPAddress address, int port) : System.Net.Sockets.TcpListener(address, port), IDisposable
{
    public void Dispose() => Stop();
}
