using System.IO.Pipes;

namespace Compose.Engine.Transport;

/// <summary>Dials a named pipe of this machine or another: <c>npipe:////./pipe/docker_engine</c>.</summary>
internal sealed class NamedPipeDialer(string server, string name) : IDialer
{
    private const int ConnectMilliseconds = 5_000;

    public static NamedPipeDialer Parse(Uri uri)
    {
        var parts = uri.OriginalString.Substring("npipe://".Length).Trim('/').Split(['/'], 3);
        return parts.Length == 3 && parts[1] == "pipe" ? new NamedPipeDialer(parts[0], parts[2]) : new NamedPipeDialer(".", parts[parts.Length - 1]);
    }

    public async Task<Stream> DialAsync(CancellationToken cancellationToken)
    {
        var pipe = new NamedPipeClientStream(server, name, PipeDirection.InOut, PipeOptions.Asynchronous);
        try
        {
            await pipe.ConnectAsync(ConnectMilliseconds, cancellationToken).ConfigureAwait(false);
            return new PipeStream(pipe);
        }
        catch
        {
            pipe.Dispose();
            throw;
        }
    }

    /// <summary>Closes the writing side by writing nothing: what engines on Windows take for the end.</summary>
    private sealed class PipeStream(NamedPipeClientStream pipe) : DelegatingStream(pipe), IHalfClose
    {
        public async Task CloseWriteAsync(CancellationToken cancellationToken)
        {
            await WriteAsync([], 0, 0, cancellationToken).ConfigureAwait(false);
            await FlushAsync(cancellationToken).ConfigureAwait(false);
        }
    }
}
