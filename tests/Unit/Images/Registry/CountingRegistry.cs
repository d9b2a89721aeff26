using System.Net;
using System.Net.Sockets;

namespace Compose.Tests.Images.Registry;

/// <summary>An empty registry on loopback that counts its requests.</summary>
internal sealed class CountingRegistry : IDisposable
{
    private readonly HttpListener _listener = new();
    private int _asked;

    public CountingRegistry()
    {
        using (var free = new TcpListener(IPAddress.Loopback, 0))
        {
            free.Start();
            Port = ((IPEndPoint)free.LocalEndpoint).Port;
        }

        _listener.Prefixes.Add($"http://127.0.0.1:{Port}/");
        _listener.Start();
        _ = ServeAsync();
    }

    public int Port { get; }

    /// <summary>An image name that engines look up in this registry.</summary>
    public string Image => $"127.0.0.1:{Port}/private/base";

    public int Asked => Volatile.Read(ref _asked);

    public void Dispose() => _listener.Close();

    private async Task ServeAsync()
    {
        try
        {
            while (true)
            {
                var asked = await _listener.GetContextAsync();
                Interlocked.Increment(ref _asked);
                asked.Response.StatusCode = asked.Request.Url!.AbsolutePath == "/v2/" ? 200 : 404;
                asked.Response.Close();
            }
        }
        catch (Exception exception) when (exception is HttpListenerException or ObjectDisposedException)
        {
            // The test has ended.
        }
    }
}
