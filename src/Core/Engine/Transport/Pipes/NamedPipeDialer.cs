using System.IO.Pipes;
using System.Runtime.InteropServices;
using System.Security.Principal;
using Compose.Errors;

namespace Compose.Engine.Transport.Pipes;

/// <summary>Connects to a named pipe of this or another machine: <c>npipe:////./pipe/docker_engine</c>.</summary>
internal sealed class NamedPipeDialer(string server, string name, string host) : IDialer
{
    /// <summary>The time to wait for a pipe before checking whether it exists.</summary>
    private const int CheckMilliseconds = 250;
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
        // The pipe's server must not be able to impersonate the user.
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
    /// Connects, and fails quickly when the pipe does not exist. .NET waits for a missing pipe as long as for a busy one.
    /// </summary>
    private async Task ConnectAsync(NamedPipeClientStream pipe, CancellationToken cancellationToken)
    {
        for (var waited = 0; ; waited += CheckMilliseconds)
        {
            try
            {
                await pipe.ConnectAsync(CheckMilliseconds, cancellationToken).ConfigureAwait(false);
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
    /// Whether the pipe exists; always true for other machines, whose pipes are not checked. On Unix, .NET implements a pipe as a
    /// socket of this name.
    /// </summary>
    private bool Exists() => server != "."
        || (RuntimeInformation.IsOSPlatform(OSPlatform.Windows)
            ? PipePresence.Exists(name)
            : File.Exists(Path.Combine(Path.GetTempPath(), "CoreFxPipe_" + name)));

    /// <summary>A pipe whose write side is closed with an empty message, as engines on Windows expect.</summary>
    private sealed class PipeStream(NamedPipeClientStream pipe) : DelegatingStream(pipe), IHalfClose
    {
        private readonly NamedPipeClientStream _pipe = pipe;

        public async Task CloseWriteAsync(CancellationToken cancellationToken)
        {
            await FlushAsync(cancellationToken).ConfigureAwait(false);
            if (RuntimeInformation.IsOSPlatform(OSPlatform.Windows))
                EmptyPipeMessage.Write(_pipe.SafePipeHandle);
        }
    }
}
