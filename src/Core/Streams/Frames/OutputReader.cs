using Compose.Engine.Transport;
using Compose.Errors;

namespace Compose.Streams.Frames;

/// <summary>A chunk of a process's output; valid until the next read.</summary>
internal readonly record struct OutputChunk(bool IsError, byte[] Buffer, int Offset, int Count);

/// <summary>
/// Reads a process's output from a hijacked connection: plain bytes of a terminal, or frames. Parts of a frame are returned as
/// they arrive.
/// </summary>
/// <param name="connection">The hijacked connection.</param>
/// <param name="tty">Whether the process has a terminal: then there is one stream, without frames.</param>
/// <param name="subject">The target of errors.</param>
internal sealed class OutputReader(HijackedConnection connection, bool tty, string subject)
{
    private readonly byte[] _buffer = new byte[32 * 1024];
    private int _start;
    private int _end;
    private bool _isError;
    private long _left;

    /// <summary>The next chunk, or null at the end.</summary>
    /// <exception cref="ComposeException">The connection ended within a frame, or was lost.</exception>
    public async ValueTask<OutputChunk?> ReadAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            if (_start < _end && (tty || _left > 0))
                return Take();
            if (!tty && _left == 0 && _end - _start >= FrameHeader.Length)
            {
                ReadHeader();
                continue;
            }

            if (!await FillAsync(cancellationToken).ConfigureAwait(false))
                return null;
        }
    }

    private OutputChunk Take()
    {
        var count = tty ? _end - _start : (int)Math.Min(_left, _end - _start);
        var chunk = new OutputChunk(_isError, _buffer, _start, count);
        _start += count;
        _left -= tty ? 0 : count;
        return chunk;
    }

    private void ReadHeader()
    {
        _isError = FrameHeader.IsError(_buffer, _start);
        _left = FrameHeader.ContentLength(_buffer, _start);
        _start += FrameHeader.Length;
    }

    private async Task<bool> FillAsync(CancellationToken cancellationToken)
    {
        if (_start > 0)
        {
            Buffer.BlockCopy(_buffer, _start, _buffer, 0, _end - _start);
            (_start, _end) = (0, _end - _start);
        }

        try
        {
            var read = await connection.ReadAsync(_buffer, _end, _buffer.Length - _end, cancellationToken).ConfigureAwait(false);
            _end += read;
            if (read > 0)
                return true;
        }
        catch (Exception exception) when (exception is IOException or ObjectDisposedException)
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw EngineErrors.ConnectionLost.Exception(
                $"The connection to the engine was lost while {subject} was writing: {exception.Message}", subject,
                inner: exception);
        }

        return _left == 0 && _end == 0
            ? false
            : throw EngineErrors.ConnectionLost.Exception(
                $"The connection to the engine ended while {subject} was writing.", subject);
    }
}
