using System.Text;
using Compose.Engine.Transport;
using Compose.Errors;
using Compose.Streams.Frames;

namespace Compose.Streams.Exec;

/// <summary>What a command reads: lines of text, bytes and streams, in the order they were added.</summary>
internal sealed class StandardInput
{
    private const int BufferSize = 64 * 1024;

    /// <summary>Ctrl+D, the end of the input at the beginning of a line.</summary>
    private static readonly byte[] EndKeys = [4];
    private readonly List<Func<Stream>> _parts = [];
    private ByteBuffer? _last;

    /// <summary>
    /// Whether the end of the input is told. A container that outlives who feeds it is never told: the engine would take the
    /// reader away, too.
    /// </summary>
    public bool Closes { get; set; } = true;

    /// <summary>A line of text, in UTF-8.</summary>
    public void AddLine(string line)
    {
        var bytes = Encoding.UTF8.GetBytes(line + "\n");
        Add(bytes, bytes.Length);
    }

    /// <summary>Bytes as they are.</summary>
    public void Add(byte[] bytes, int count)
    {
        if (_last is null)
            _parts.Add((_last = new ByteBuffer()).OpenRead);
        _last.Add(bytes, 0, count);
    }

    /// <summary>A stream, read when the command runs and closed then.</summary>
    public void Add(Stream stream)
    {
        _parts.Add(() => stream);
        _last = null;
    }

    /// <summary>A file, opened only when its turn comes.</summary>
    public void AddFile(string path)
    {
        _parts.Add(() => Open(path));
        _last = null;
    }

    /// <summary>
    /// Writes all and then, if wanted, closes the writing side. A command that reads no further ends this early.
    /// </summary>
    /// <param name="connection">The connection.</param>
    /// <param name="tty">Whether a terminal takes it: its end is a key then, for with the writing side the engine would close the
    /// reading one, too.</param>
    /// <param name="cancellationToken">Ends the writing.</param>
    /// <exception cref="ComposeException">InputUnreadable.</exception>
    public async Task SendAsync(HijackedConnection connection, bool tty, CancellationToken cancellationToken)
    {
        var buffer = new byte[BufferSize];
        foreach (var open in _parts)
        {
            using var part = open();
            int read;
            while ((read = await ReadAsync(part, buffer, cancellationToken).ConfigureAwait(false)) > 0)
            {
                if (!await IsTakenAsync(
                    connection.WriteAsync(buffer, 0, read, cancellationToken), cancellationToken).ConfigureAwait(false))
                    return;
            }
        }

        if (Closes)
            await IsTakenAsync(
                tty
                    ? connection.WriteAsync(EndKeys, 0, EndKeys.Length, cancellationToken)
                    : connection.CloseWriteAsync(cancellationToken),
                cancellationToken).ConfigureAwait(false);
    }

    private static FileStream Open(string path)
    {
        try
        {
            return new FileStream(
                path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, BufferSize, useAsync: true);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw StreamErrors.InputUnreadable.Exception($"'{path}' cannot be read: {exception.Message}", path, inner: exception);
        }
    }

    private static async Task<int> ReadAsync(Stream part, byte[] buffer, CancellationToken cancellationToken)
    {
        try
        {
            return await part.ReadAsync(buffer, 0, buffer.Length, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is IOException
            or ObjectDisposedException
            or NotSupportedException
            or InvalidOperationException
            && !cancellationToken.IsCancellationRequested)
        {
            throw StreamErrors.InputUnreadable.Exception($"What is piped cannot be read: {exception.Message}", inner: exception);
        }
    }

    /// <summary>False when the other side is gone; whether that is an error shows in what it wrote.</summary>
    private static async Task<bool> IsTakenAsync(Task write, CancellationToken cancellationToken)
    {
        try
        {
            await write.ConfigureAwait(false);
            return true;
        }
        catch (Exception exception) when (exception is IOException
            or ObjectDisposedException
            or System.Net.Sockets.SocketException)
        {
            cancellationToken.ThrowIfCancellationRequested();
            return false;
        }
    }
}
