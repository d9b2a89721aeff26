using System.Text;
using Compose.Engine.Transport;

namespace Compose.Streams;

/// <summary>What a command reads: lines of text, bytes and streams, in the order they were added.</summary>
internal sealed class StandardInput
{
    private const int BufferSize = 64 * 1024;
    private readonly List<Func<Stream>> _parts = [];
    private ByteBuffer? _last;

    /// <summary>Whether the end of the input is told. A container that outlives who feeds it is never told: the engine would take the reader away, too.</summary>
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

    /// <summary>Writes all and then, if wanted, closes the writing side. A command that reads no further ends this early.</summary>
    public async Task SendAsync(HijackedConnection connection, CancellationToken cancellationToken)
    {
        var buffer = new byte[BufferSize];
        foreach (var open in _parts)
        {
            using var part = open();
            int read;
            while ((read = await part.ReadAsync(buffer, 0, buffer.Length, cancellationToken).ConfigureAwait(false)) > 0)
            {
                if (!await IsTakenAsync(connection.WriteAsync(buffer, 0, read, cancellationToken), cancellationToken).ConfigureAwait(false))
                    return;
            }
        }

        if (Closes)
            await IsTakenAsync(connection.CloseWriteAsync(cancellationToken), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>False when the other side is gone; whether that is an error shows in what it wrote.</summary>
    private static async Task<bool> IsTakenAsync(Task write, CancellationToken cancellationToken)
    {
        try
        {
            await write.ConfigureAwait(false);
            return true;
        }
        catch (Exception exception) when (exception is IOException or ObjectDisposedException or System.Net.Sockets.SocketException)
        {
            cancellationToken.ThrowIfCancellationRequested();
            return false;
        }
    }
}
