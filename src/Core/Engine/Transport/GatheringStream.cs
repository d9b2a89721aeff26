#if NET
using System.Collections.Concurrent;
using System.Net.Sockets;

namespace Compose.Engine.Transport;

/// <summary>
/// A local socket read by a dedicated thread. An engine writes a log line by line, and .NET's asynchronous sockets spend several
/// times as much on each line as a blocked thread, which also collects lines and passes them on together. Each stream needs a
/// thread, so it is used only for answers that are read to their end at once.
/// </summary>
internal sealed class GatheringStream : NetworkStream
{
    private const int PieceSize = 16 * 1024;
    private const int BufferSize = 4 * PieceSize;

    /// <summary>The maximum number of pieces in the queue.</summary>
    private const int Capacity = 4;

    /// <summary>The pause after which an incomplete piece is passed on.</summary>
    private static readonly TimeSpan Lull = TimeSpan.FromMilliseconds(1);
    private readonly ConcurrentQueue<ArraySegment<byte>> _pieces = new();
    private readonly SemaphoreSlim _available = new(0);
    private readonly SemaphoreSlim _room = new(Capacity);
    private ArraySegment<byte> _piece;
    private volatile bool _closed;
    private volatile Exception? _failure;

    /// <param name="socket">A connected socket that was never used asynchronously: afterwards, .NET would be woken for each line
    /// again.</param>
    public GatheringStream(Socket socket)
        : base(socket, ownsSocket: true) => new Thread(Receive) { IsBackground = true, Name = "Compose log" }.Start();

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (_piece.Count == 0)
        {
            await _available.WaitAsync(cancellationToken).ConfigureAwait(false);
            if (!_pieces.TryDequeue(out _piece))
            {
                // Later reads must see the end, too.
                _available.Release();
                ObjectDisposedException.ThrowIf(_closed, this);
                return _failure is null ? 0 : throw new IOException(_failure.Message, _failure);
            }

            _room.Release();
        }

        var count = Math.Min(buffer.Length, _piece.Count);
        _piece.AsSpan(0, count).CopyTo(buffer.Span);
        _piece = _piece.Slice(count);
        return count;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    /// <summary>Writes synchronously, since requests are short and the engine is local.</summary>
    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        Write(buffer.Span);
        return default;
    }

    protected override void Dispose(bool disposing)
    {
        _closed = true;
        base.Dispose(disposing);
        if (disposing)
            _room.Release();
    }

    private void Receive()
    {
        try
        {
            var (buffer, start, end) = (new byte[BufferSize], 0, 0);
            for (var more = true; more && !_closed;)
            {
                do
                {
                    var count = Socket.Receive(buffer, end, PieceSize - (end - start), SocketFlags.None);
                    more = count > 0;
                    end += count;
                }
                while (more && end - start < PieceSize && Socket.Poll(Lull, SelectMode.SelectRead));
                Give(buffer, start, end);
                start = end;
                if (buffer.Length - start < PieceSize)
                    (buffer, start, end) = (new byte[BufferSize], 0, 0);
            }
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            _failure = exception;
        }
        finally
        {
            _available.Release();
        }
    }

    /// <summary>Queues a piece, once there is room for it.</summary>
    private void Give(byte[] buffer, int start, int end)
    {
        if (end == start)
            return;
        _room.Wait();
        _pieces.Enqueue(new ArraySegment<byte>(buffer, start, end - start));
        _available.Release();
    }
}
#endif
