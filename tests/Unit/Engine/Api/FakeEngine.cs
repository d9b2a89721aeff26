using System.Net;
using System.Net.Sockets;
using System.Text;
using Compose.Engine.Endpoint;
using Compose.Tests.Support;

namespace Compose.Tests.Engine.Api;

/// <summary>Answers connections with scripted bytes, for faults that a real engine cannot be made to show.</summary>
internal sealed class FakeEngine : IDisposable
{
    public const string Ping = "HTTP/1.1 200 OK\r\nApi-Version: 1.45\r\nOSType: linux\r\nContent-Length: 2\r\n\r\nOK";

    /// <summary>As the last answer of a connection: sends nothing and keeps the connection open.</summary>
    public const string Silence = "";
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly Queue<string[]> _connections;
    private int _accepted;

    /// <param name="connections">For each connection, the answers to its requests; then the connection is closed.</param>
    public FakeEngine(params string[][] connections)
    {
        _connections = new Queue<string[]>(connections);
        _listener.Start();
        _ = ServeAsync();
    }

    public EngineEndpoint Endpoint => new(new Uri($"tcp://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}"));

    public int Accepted => _accepted;

    public void Dispose() => _listener.Stop();

    private async Task ServeAsync()
    {
        while (_connections.Count > 0)
        {
            var client = await _listener.NextClientAsync();
            _accepted++;
            var stream = client.GetStream();
            foreach (var answer in _connections.Dequeue())
            {
                // After Silence, waits here until the client closes the connection.
                if (!await ReadRequestAsync(stream))
                    break;
                // Byte by byte, since a reader must not depend on packet boundaries.
                foreach (var octet in Encoding.UTF8.GetBytes(answer))
                    await stream.WriteAsync(new[] { octet });
            }

            _ = CloseAsync(client);
        }
    }

    /// <summary>
    /// Reads the rest of the request before closing: a connection closed with unread data is reset, and the answer may be lost.
    /// </summary>
    private static async Task CloseAsync(TcpClient client)
    {
        using (client)
        {
            client.Client.Shutdown(SocketShutdown.Send);
            var gone = client.GetStream().CopyToAsync(Stream.Null);
            await Task.WhenAny(gone, Task.Delay(TimeSpan.FromSeconds(1)));
        }
    }

    private static async Task<bool> ReadRequestAsync(NetworkStream stream)
    {
        var head = new StringBuilder();
        var buffer = new byte[1];
        while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal))
        {
            if (await stream.ReadAsync(buffer) == 0)
                return false;
            head.Append((char)buffer[0]);
        }

        return true;
    }
}
