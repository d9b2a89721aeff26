using System.IO.Pipes;
using System.Runtime.InteropServices;
using System.Security.Principal;
using Compose.Errors;

namespace Compose.Engine.Transport.Pipes;

/// <summary>Dials a named pipe of this machine or another: <c>npipe:////./pipe/docker_engine</c>.</summary>
internal sealed class NamedPipeDialer(string server, string name, string host) : IDialer
{
    /// <summary>How long a busy pipe is waited for before we look whether it is there at all.</summary>
    private const int LookMilliseconds = 250;
    private const int BusyMilliseconds = 10_000;

    public static NamedPipeDialer Parse(Uri uri)
    {
        var parts = uri.OriginalString.Substring("npipe://".Length).Trim('/').Split(['/'], 3);
        return parts.Length == 3 && parts[1] == "pipe"
            ? new NamedPipeDialer(parts[0], parts[2], uri.OriginalString)
            : new NamedPipeDialer(".", parts[parts.Length - 1], uri.OriginalString);
    }

    public async Task<Stream> DialAsync(CancellationToken cancellationToken)
    {
        // Who serves the pipe learns nothing of us that it could act with.
        var pipe = new NamedPipeClientStream(
            server, name, PipeDirection.InOut, PipeOptions.Asynchronous, TokenImpersonationLevel.Anonymous);
        try
        {
            await ConnectAsync(pipe, cancellationToken).ConfigureAwait(false);
            return new PipeStream(pipe);
        }
        catch (UnauthorizedAccessException exception)
        {
            pipe.Dispose();
            throw EngineErrors.AccessDenied.Exception($"Access to the engine's pipe {host} was denied.", host,
                "Run elevated, or as a member of the group the engine's daemon.json names under 'group' (docker-users with "
                    + "Docker Desktop); join it and log on anew.",
                exception);
        }
        catch
        {
            pipe.Dispose();
            throw;
        }
    }

    /// <summary>
    /// The platform waits for a pipe that is not there as long as for one that is busy; a stopped engine is told at once.
    /// </summary>
    private async Task ConnectAsync(NamedPipeClientStream pipe, CancellationToken cancellationToken)
    {
        for (var waited = 0; ; waited += LookMilliseconds)
        {
            try
            {
                await pipe.ConnectAsync(LookMilliseconds, cancellationToken).ConfigureAwait(false);
                return;
            }
            catch (TimeoutException exception) when (!Exists())
            {
                throw EngineErrors.NotRunning.Exception($"There is no pipe {host}: the engine does not run.", host,
                    "Start the engine (Start-Service docker, or Docker Desktop), or name another with -EngineHost, -Context or "
                        + "DOCKER_HOST.",
                    exception);
            }
            catch (TimeoutException exception) when (waited >= BusyMilliseconds)
            {
                throw EngineErrors.NoAnswer.Exception(
                    $"The pipe {host} stayed busy for {BusyMilliseconds / 1000} seconds.", host, inner: exception);
            }
            catch (TimeoutException)
            {
                continue;
            }
        }
    }

    /// <summary>
    /// Whether the pipe is there; of another machine's pipes nothing is known. Elsewhere than on Windows .NET keeps a pipe as a
    /// socket of this name.
    /// </summary>
    private bool Exists() => server != "."
        || (RuntimeInformation.IsOSPlatform(OSPlatform.Windows)
            ? PipePresence.IsThere(name)
            : File.Exists(Path.Combine(Path.GetTempPath(), "CoreFxPipe_" + name)));

    /// <summary>Closes the writing side by writing nothing: what engines on Windows take for the end.</summary>
    private sealed class PipeStream(NamedPipeClientStream pipe) : DelegatingStream(pipe), IHalfClose
    {
        private readonly NamedPipeClientStream _pipe = pipe;

        public async Task CloseWriteAsync(CancellationToken cancellationToken)
        {
            await FlushAsync(cancellationToken).ConfigureAwait(false);
            if (RuntimeInformation.IsOSPlatform(OSPlatform.Windows))
                EmptyMessage.Write(_pipe.SafePipeHandle);
        }
    }
}
