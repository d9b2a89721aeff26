using System.Net;
using System.Net.Sockets;
using System.Text;
using Compose.Engine.Endpoint;
using Compose.Tests.Support;

namespace Compose.Tests.Engine.Api;

/// <summary>An invalid answer to every request but the ping.</summary>
/// <param name="Name">A description of the fault.</param>
/// <param name="Octets">The bytes of the answer.</param>
/// <param name="KeepsOpen">Whether the connection stays open until the client closes it.</param>
internal sealed record WrongAnswer(string Name, byte[] Octets, bool KeepsOpen = false)
{
    public override string ToString() => Name;
}

/// <summary>
/// Answers the ping like an engine, and every other request with the same bytes, on any number of connections.
/// </summary>
internal sealed class WrongEngine : IDisposable
{
    private const int HeadEnd = 0x0D0A0D0A;
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly byte[] _ping;

    public WrongEngine(bool isPodman = false)
    {
        _ping = Encoding.ASCII.GetBytes(
            "HTTP/1.1 200 OK\r\nApi-Version: 1.51\r\nOSType: linux\r\n" + (
                isPodman ? "Libpod-Api-Version: 5.4.2\r\n" : "") + "Content-Length: 2\r\n\r\nOK");
        _listener.Start();
        _ = AcceptAsync();
    }

    public WrongAnswer Answer { get; set; } = new("nothing", []);

    /// <summary>Valid JSON answers by the end of the request path.</summary>
    public Dictionary<string, string> ValidAnswers { get; } = [];

    public EngineEndpoint Endpoint => new(new Uri($"tcp://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}"));

    public void Dispose() => _listener.Stop();

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
                _ = ServeAsync(await _listener.NextClientAsync());
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException or InvalidOperationException)
        {
            // The listener was closed at the end of the test.
            return;
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using var closing = client;
        var stream = client.GetStream();
        try
        {
            while (await ReadHeadAsync(stream) is { } head)
            {
                var answer = Answer;
                var path = head.Split(' ')[1].Split('?')[0];
                var valid = ValidAnswers.FirstOrDefault(pair => path.EndsWith(pair.Key, StringComparison.Ordinal)).Value;
                var octets = path == "/_ping" ? _ping
                    : valid is not null ? Encoding.UTF8.GetBytes(
                        $"HTTP/1.1 200 OK\r\nContent-Length: {Encoding.UTF8.GetByteCount(valid)}\r\n\r\n{valid}")
                    : answer.Octets;
                await stream.WriteAsync(octets, 0, octets.Length);
                if (octets != answer.Octets)
                    continue;
                var rest = new byte[1024];
                while (answer.KeepsOpen && await stream.ReadAsync(rest, 0, rest.Length) > 0)
                    continue;
                client.Client.Shutdown(SocketShutdown.Send);
                // Read the rest of the request: a connection closed with unread data is reset, and the answer may be lost.
                while (await stream.ReadAsync(rest, 0, rest.Length) > 0)
                    continue;
                return;
            }
        }
        catch (Exception exception) when (exception is IOException or SocketException or ObjectDisposedException)
        {
            // The client closed the connection.
            return;
        }
    }

    private static async Task<string?> ReadHeadAsync(NetworkStream stream)
    {
        var head = new StringBuilder();
        var (octet, last) = (new byte[1], 0);
        while (last != HeadEnd)
        {
            if (await stream.ReadAsync(octet, 0, 1) == 0)
                return null;
            head.Append((char)octet[0]);
            last = (last << 8) | octet[0];
        }

        return head.ToString();
    }
}
