using System.Net.Sockets;
using System.Text;

namespace Compose.Tests.Support;

/// <summary>A socket before the engine's: it tells of each request before the engine gets it and once the engine has it, and can keep answers back.</summary>
internal sealed class EngineProxy : IDisposable
{
    private readonly Socket _listener = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);

    public EngineProxy()
    {
        SocketPath = Path.Combine(Path.GetTempPath(), $"proxy-{Guid.NewGuid():N}.sock");
        _listener.Bind(new UnixDomainSocketEndPoint(SocketPath));
        _listener.Listen(64);
        _ = AcceptAsync();
    }

    public string SocketPath { get; }

    /// <summary>Called with a request's first line before the engine gets it.</summary>
    public Action<string> Before { get; set; } = _ => { };

    /// <summary>Called with a request's first line once the engine has it.</summary>
    public Action<string> After { get; set; } = _ => { };

    /// <summary>Whether the answer to a request is kept back for ever.</summary>
    public Func<string, bool> Mutes { get; set; } = _ => false;

    public void Dispose()
    {
        _listener.Dispose();
        File.Delete(SocketPath);
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var client = await _listener.AcceptAsync();
                var engine = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
                await engine.ConnectAsync(new UnixDomainSocketEndPoint(TestEngine.Socket));
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
            // The listener is closed: the test is over.
        }
    }

    private async Task PumpAsync(Socket from, Socket to, Action<string>? judge, Task muted)
    {
        var buffer = new byte[64 * 1024];
        try
        {
            while (await from.ReceiveAsync(buffer) is > 0 and var read)
            {
                var request = judge is null ? null : Request(buffer, read);
                if (request is not null)
                {
                    judge!(request);
                    Before(request);
                }

                if (judge is null && muted.IsCompleted)
                    continue;
                await to.SendAsync(buffer.AsMemory(0, read));
                if (request is not null)
                    After(request);
            }
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            // One side is gone, so the other is closed, too.
        }

        from.Dispose();
        to.Dispose();
    }

    /// <summary>The first line of a request, <c>POST /v1.41/containers/create HTTP/1.1</c>; null for what is none.</summary>
    private static string? Request(byte[] buffer, int read)
    {
        var line = Encoding.ASCII.GetString(buffer, 0, Math.Min(read, 300)).Split('\r')[0];
        return line.EndsWith(" HTTP/1.1", StringComparison.Ordinal) ? line : null;
    }
}
