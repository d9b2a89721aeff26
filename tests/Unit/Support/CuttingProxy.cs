using System.Net.Sockets;
using System.Text;

namespace Compose.Tests.Support;

/// <summary>
/// A socket before the engine's that counts the requests which change something, and calls back at one of them:
/// before the engine gets it, or once the engine has it.
/// </summary>
internal sealed class CuttingProxy : IDisposable
{
    private readonly Socket _listener = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
    private readonly int _at;
    private readonly bool _before;
    private readonly Action _cut;
    private int _changes;

    public CuttingProxy(int at, bool before, Action cut)
    {
        (_at, _before, _cut) = (at, before, cut);
        SocketPath = Path.Combine(Path.GetTempPath(), $"cut-{Guid.NewGuid():N}.sock");
        _listener.Bind(new UnixDomainSocketEndPoint(SocketPath));
        _listener.Listen(64);
        _ = AcceptAsync();
    }

    public string SocketPath { get; }

    /// <summary>The changing requests seen so far.</summary>
    public int Changes => Volatile.Read(ref _changes);

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
                _ = PumpAsync(client, engine, counts: true);
                _ = PumpAsync(engine, client, counts: false);
            }
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            // The listener is closed: the test is over.
        }
    }

    private async Task PumpAsync(Socket from, Socket to, bool counts)
    {
        var buffer = new byte[64 * 1024];
        try
        {
            while (await from.ReceiveAsync(buffer) is > 0 and var read)
            {
                var due = counts && IsChange(buffer, read) && Interlocked.Increment(ref _changes) == _at;
                if (due && _before)
                    _cut();
                await to.SendAsync(buffer.AsMemory(0, read));
                if (due && !_before)
                    _cut();
            }
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            // One side is gone, so the other is closed, too.
        }

        from.Dispose();
        to.Dispose();
    }

    private static bool IsChange(byte[] buffer, int read) =>
        Encoding.ASCII.GetString(buffer, 0, Math.Min(read, 8)) is var head
        && (head.StartsWith("POST /", StringComparison.Ordinal) || head.StartsWith("PUT /", StringComparison.Ordinal) || head.StartsWith("DELETE /", StringComparison.Ordinal));
}
