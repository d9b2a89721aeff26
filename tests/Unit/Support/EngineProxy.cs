using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Compose.Tests.Support;

/// <summary>
/// A proxy before the engine. It calls the test before and after it forwards each request, and can withhold responses.
/// </summary>
internal sealed class EngineProxy : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);

    public EngineProxy()
    {
        _listener.Start();
        _ = AcceptAsync();
    }

    /// <summary>The proxy's address.</summary>
    public string Host => $"tcp://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}";

    /// <summary>Called with a request's first line before it is forwarded.</summary>
    public Action<string> Before { get; set; } = _ => { };

    /// <summary>Called with a request's first line after it was forwarded.</summary>
    public Action<string> After { get; set; } = _ => { };

    /// <summary>Whether to withhold the response to a request forever.</summary>
    public Func<string, bool> Mutes { get; set; } = _ => false;

    /// <summary>Connects to the engine: the test engine, unless the test has one of its own.</summary>
    public Func<Task<Stream>> Dial { get; init; } = async () => await TestEngine.DialAsync();

    public void Dispose() => _listener.Stop();

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var client = (await _listener.NextClientAsync()).GetStream();
                var engine = await Dial();
                var muted = new TaskCompletionSource();
                _ = PumpAsync(client, engine, request =>
                {
                    if (Mutes(request))
                        muted.TrySetResult();
                }, Task.CompletedTask);
                _ = PumpAsync(engine, client, null, muted.Task);
            }
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            // The listener is closed, because the test has ended.
        }
    }

    private async Task PumpAsync(Stream from, Stream to, Action<string>? judge, Task muted)
    {
        var buffer = new byte[64 * 1024];
        try
        {
            while (await from.ReadAsync(buffer) is > 0 and var read)
            {
                var request = judge is null ? null : Request(buffer, read);
                if (request is not null)
                {
                    judge!(request);
                    Before(request);
                }

                if (judge is null && muted.IsCompleted)
                    continue;
                await to.WriteAsync(buffer.AsMemory(0, read));
                if (request is not null)
                    After(request);
            }
        }
        catch (Exception exception) when (exception is IOException or ObjectDisposedException)
        {
            // One side has closed, so the other is closed too.
        }

        from.Dispose();
        to.Dispose();
    }

    /// <summary>The first line of a request, <c>POST /v1.41/containers/create HTTP/1.1</c>; null for other data.</summary>
    private static string? Request(byte[] buffer, int read)
    {
        var line = Encoding.ASCII.GetString(buffer, 0, Math.Min(read, 300)).Split('\r')[0];
        return line.EndsWith(" HTTP/1.1", StringComparison.Ordinal) ? line : null;
    }
}
