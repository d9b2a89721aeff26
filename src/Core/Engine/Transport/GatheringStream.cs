#if NET
using System.Collections.Concurrent;
using System.Net.Sockets;

namespace Compose.Engine.Transport;

/// <summary>
/// A local socket that a thread of its own reads. An engine writes a log line by line; to be woken for a line costs the
/// platform's asynchronous sockets several times what it costs a blocked thread, which gathers lines and hands them on together.
/// For answers that are read to their end at once: each has its thread.
/// </summary>
internal sealed class GatheringStream : NetworkStream
{
    private const int PieceSize = 16 * 1024;
    private const int BufferSize = 4 * PieceSize;

    /// <summary>Pieces that may wait to be taken.</summary>
    private const int Capacity = 4;

    /// <summary>When nothing has come for so long, what there is is handed on.</summary>
    private static readonly TimeSpan Lull = TimeSpan.FromMilliseconds(1);
    private readonly ConcurrentQueue<ArraySegment<byte>> _pieces = new();
    private readonly SemaphoreSlim _available = new(0);
    private readonly SemaphoreSlim _room = new(Capacity);
    private ArraySegment<byte> _piece;
    private volatile bool _closed;
    private volatile Exception? _failure;

    /// <param name="socket">Connected, and never used asynchronously: from then on the platform would be woken for each line
    /// after all.</param>
    public GatheringStream(Socket socket)
        : base(socket, ownsSocket: true) => new Thread(Receive) { IsBackground = true, Name = "Compose log" }.Start();

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (_piece.Count == 0)
        {
            await _available.WaitAsync(cancellationToken).ConfigureAwait(false);
            if (!_pieces.TryDequeue(out _piece))
            {
                // The end may be asked for again.
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

    /// <summary>Requests are short, and the engine is on this machine: writing waits for nobody.</summary>
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

    /// <summary>Hands on what was gathered, once there is room for it.</summary>
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
