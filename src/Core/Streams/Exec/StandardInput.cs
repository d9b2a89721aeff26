using System.Text;
using Compose.Engine.Transport;
using Compose.Errors;
using Compose.Streams.Frames;

namespace Compose.Streams.Exec;

/// <summary>The standard input of a command: lines of text, bytes and streams, in the order they were added.</summary>
internal sealed class StandardInput
{
    private const int BufferSize = 64 * 1024;

    /// <summary>Ctrl+D, which ends the input at the start of a line.</summary>
    private static readonly byte[] EndKeys = [4];
    private readonly List<Func<Stream>> _parts = [];
    private ByteBuffer? _last;

    /// <summary>
    /// Whether to half-close at end of input; false for containers that stay open, because the engine would close the output too.
    /// </summary>
    public bool Closes { get; set; } = true;

    /// <summary>Adds a line of text, in UTF-8.</summary>
    public void AddLine(string line)
    {
        var bytes = Encoding.UTF8.GetBytes(line + "\n");
        Add(bytes, bytes.Length);
    }

    /// <summary>Adds bytes unchanged.</summary>
    public void Add(byte[] bytes, int count)
    {
        if (_last is null)
            _parts.Add((_last = new ByteBuffer()).OpenRead);
        _last.Add(bytes, 0, count);
    }

    /// <summary>Adds a stream, which is read while the command runs, and then closed.</summary>
    public void Add(Stream stream)
    {
        _parts.Add(() => stream);
        _last = null;
    }

    /// <summary>Adds a file, which is opened only when it is its turn.</summary>
    public void AddFile(string path)
    {
        _parts.Add(() => Open(path));
        _last = null;
    }

    /// <summary>Writes everything, then closes the writing side if asked to. Ends early if the command stops reading.</summary>
    /// <param name="connection">The connection.</param>
    /// <param name="tty">Whether the command has a terminal: the end is a key then, because the engine would close both
    /// sides.</param>
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

    /// <summary>False if the other side is gone. Its output shows whether that is an error.</summary>
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
