using System.Text;
using Compose.Engine.Dto;
using Compose.Errors;
using Compose.Streams.Frames;

namespace Compose.Streams.Logs;

/// <summary>A line of a log.</summary>
internal readonly record struct LogLine(DateTime Timestamp, bool IsError, string Message);

/// <summary>
/// Reads a container's log: frames of stdout and stderr, or a terminal's plain bytes. Every line begins with its time, so the
/// first byte shows the format: a digit, or a frame's stream number. A character may be split across frames.
/// </summary>
/// <param name="stream">The log as the engine sends it. The reader disposes it.</param>
/// <param name="container">The container's name, for errors.</param>
internal sealed class LogLineReader(Stream stream, string container) : IDisposable
{
    /// <summary>Engines store a line in pieces of 16 KiB, some log drivers in longer ones; a longer frame is not valid.</summary>
    private const uint LongestFrame = 64 * 1024 * 1024;

    /// <summary>How long a piece is in which the engine stores a long line.</summary>
    private const int PieceLength = 16 * 1024;

    /// <summary><c>2024-05-01T12:00:00.123456789Z</c>.</summary>
    private const int TimeLength = 30;
    private readonly PartialLine[] _partial = [new(), new()];
    private byte[] _buffer = new byte[64 * 1024];
    private int _start;
    private int _end;
    private bool? _framed;

    /// <summary>The next line, or null at the end.</summary>
    /// <exception cref="ComposeException">The connection was lost, or the answer is no log.</exception>
    public async ValueTask<LogLine?> NextAsync(CancellationToken cancellationToken)
    {
        if (_framed is null)
        {
            if (!await HaveAsync(1, cancellationToken).ConfigureAwait(false))
                return null;
            EngineAnswer.RefuseWebPage(_buffer.AsSpan(_start, _end - _start), container);
            _framed = _buffer[_start] < 3;
        }

        return _framed.Value
            ? await NextFramedAsync(cancellationToken).ConfigureAwait(false)
            : await NextPlainAsync(cancellationToken).ConfigureAwait(false);
    }

    public void Dispose() => stream.Dispose();

    private async ValueTask<LogLine?> NextFramedAsync(CancellationToken cancellationToken)
    {
        while (await HaveAsync(FrameHeader.Length, cancellationToken).ConfigureAwait(false))
        {
            var isError = FrameHeader.IsError(_buffer, _start);
            var length = FrameLength();
            _start += FrameHeader.Length;
            if (!await HaveAsync(length, cancellationToken).ConfigureAwait(false))
                break;
            var line = Take(isError, _start, length);
            _start += length;
            if (line is not null)
                return line;
        }

        return Rest(false) ?? Rest(true);
    }

    private int FrameLength()
    {
        var length = FrameHeader.ContentLength(_buffer, _start);
        return length <= LongestFrame ? (int)length
            : throw EngineErrors.Protocol.Exception(
                $"The log of {container} has a frame of {length} bytes, which no engine sends.", container);
    }

    /// <summary>The last line, if it has no line end.</summary>
    private LogLine? Rest(bool isError) =>
        _partial[isError ? 1 : 0] is { IsEmpty: false } partial ? partial.Complete(isError) : null;

    private async ValueTask<LogLine?> NextPlainAsync(CancellationToken cancellationToken)
    {
        var searched = 0;
        while (true)
        {
            var newline = Array.IndexOf(_buffer, (byte)'\n', _start + searched, _end - _start - searched);
            if (PieceEnd(newline < 0 ? _end : newline + 1) is { } pieceEnd)
            {
                Take(false, _start, pieceEnd - _start);
                (_start, searched) = (pieceEnd, 0);
                continue;
            }

            if (newline >= 0)
            {
                var length = newline + 1 - _start;
                var line = Take(false, _start, length);
                _start += length;
                return line;
            }

            searched = _end - _start;
            if (await HaveAsync(searched + 1, cancellationToken).ConfigureAwait(false))
                continue;
            if (_start == _end)
                return Rest(false);
            var rest = Take(false, _start, _end - _start) ?? _partial[0].Complete(false);
            _start = _end;
            return rest;
        }
    }

    /// <summary>
    /// Where a piece of a long line of a terminal ends, which only the next piece's time shows. Null if the line is short or its
    /// piece continues.
    /// </summary>
    private int? PieceEnd(int limit)
    {
        var space = Array.IndexOf(_buffer, (byte)' ', _start, limit - _start);
        var end = space + 1 + PieceLength;
        return space >= 0
            && end + TimeLength < limit
            && _buffer[end + TimeLength] == ' '
            && _buffer[end + TimeLength - 1] == 'Z'
            && _buffer[end + 10] == 'T'
            ? end
            : null;
    }

    /// <summary>A whole line, or null if the engine split a long line and the rest follows.</summary>
    private LogLine? Take(bool isError, int offset, int length)
    {
        var partial = _partial[isError ? 1 : 0];
        var space = Array.IndexOf(_buffer, (byte)' ', offset, length);
        var contentStart = space < 0 ? offset : space + 1;
        var contentLength = offset + length - contentStart;
        var ends = contentLength > 0 && _buffer[contentStart + contentLength - 1] == '\n';
        if (ends)
            contentLength--;
        if (partial.IsEmpty && ends)
            return new LogLine(
                LogTimestamp.Parse(_buffer, offset, contentStart - offset - 1), isError,
                Text(_buffer, contentStart, contentLength));
        if (partial.IsEmpty)
            partial.Timestamp = LogTimestamp.Parse(_buffer, offset, contentStart - offset - 1);
        partial.Add(_buffer, contentStart, contentLength);
        return ends ? partial.Complete(isError) : null;
    }

    /// <summary>A line without the final carriage return that terminals write.</summary>
    private static string Text(byte[] bytes, int offset, int length) =>
        Encoding.UTF8.GetString(bytes, offset, length > 0 && bytes[offset + length - 1] == '\r' ? length - 1 : length);

    private async ValueTask<bool> HaveAsync(int count, CancellationToken cancellationToken)
    {
        while (_end - _start < count)
        {
            if (_start > 0)
            {
                Buffer.BlockCopy(_buffer, _start, _buffer, 0, _end - _start);
                (_start, _end) = (0, _end - _start);
            }

            if (count > _buffer.Length)
                Array.Resize(ref _buffer, Math.Max(count, _buffer.Length * 2));
            var read = await stream.ReadAsync(_buffer, _end, _buffer.Length - _end, cancellationToken).ConfigureAwait(false);
            if (read == 0)
                return false;
            _end += read;
        }

        return true;
    }

    private sealed class PartialLine
    {
        private byte[] _bytes = [];
        private int _length;

        public DateTime Timestamp { get; set; }

        public bool IsEmpty => _length == 0;

        public void Add(byte[] buffer, int offset, int length)
        {
            if (_bytes.Length < _length + length)
                Array.Resize(ref _bytes, Math.Max(_length + length, _bytes.Length * 2));
            Buffer.BlockCopy(buffer, offset, _bytes, _length, length);
            _length += length;
        }

        public LogLine Complete(bool isError)
        {
            var message = Text(_bytes, 0, _length);
            _length = 0;
            return new LogLine(Timestamp, isError, message);
        }
    }
}
