using Compose.Engine.Api;
using Compose.Engine.Transport;
using Compose.Streams.Frames;

namespace Compose.Streams.Terminal;

/// <summary>Connects a local terminal to one in a container: sends keys, shows output, and keeps the size the same.</summary>
internal sealed class TerminalSession(ITerminal terminal, DetachKeys keys, Func<int, int, CancellationToken, Task> resize)
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(50);
    private const int ResizeTries = 8;

    /// <summary>Runs until the process ends (false) or the detach keys are typed (true).</summary>
    public async Task<bool> RunAsync(HijackedConnection connection, string subject, CancellationToken cancellationToken)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using var closing = over.Token.Register(connection.Dispose);
        var showing = ShowAsync(connection, subject, over.Token);
        var typing = TypeAsync(connection, over.Token);
        var sizing = SizeAsync(over.Token);
        try
        {
            var first = await Task.WhenAny(showing, typing).ConfigureAwait(false);
            if (first == typing && await typing.ConfigureAwait(false))
            {
                // Later output starts on a new line.
                terminal.Write([(byte)'\r', (byte)'\n'], 0, 2);
                return true;
            }

            await showing.ConfigureAwait(false);
            return false;
        }
        finally
        {
            over.Cancel();
            await Task.WhenAny(Task.WhenAll(showing, typing, sizing)).ConfigureAwait(false);
            cancellationToken.ThrowIfCancellationRequested();
        }
    }

    private async Task ShowAsync(HijackedConnection connection, string subject, CancellationToken cancellationToken)
    {
        var reader = new OutputReader(connection, tty: true, subject);
        while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false) is { } chunk)
            terminal.Write(chunk.Buffer, chunk.Offset, chunk.Count);
    }

    /// <summary>True if the detach keys were typed; false at the end of the input.</summary>
    private async Task<bool> TypeAsync(HijackedConnection connection, CancellationToken cancellationToken)
    {
        var buffer = new byte[4096];
        int read;
        while ((read = await terminal.ReadAsync(buffer, cancellationToken).ConfigureAwait(false)) > 0)
        {
            var sent = keys.Filter(buffer, read, out var isDetach);
            if (sent.Length > 0)
                await connection.WriteAsync(sent, 0, sent.Length, cancellationToken).ConfigureAwait(false);
            if (isDetach)
                return true;
        }

        return false;
    }

    /// <summary>Keeps the size the same. The wait for a change begins before the size is read, so no change is missed.</summary>
    private async Task SizeAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            var resized = terminal.ResizedAsync(cancellationToken);
            await ResizeAsync(cancellationToken).ConfigureAwait(false);
            await resized.ConfigureAwait(false);
        }
    }

    /// <summary>
    /// The container's terminal may not be ready at first, because the process is still starting: tries for about 12 seconds.
    /// </summary>
    private async Task ResizeAsync(CancellationToken cancellationToken)
    {
        var pause = FirstPause;
        for (var tries = 0; tries < ResizeTries && !await IsSizedAsync(cancellationToken).ConfigureAwait(false); tries++)
        {
            await Task.Delay(pause, cancellationToken).ConfigureAwait(false);
            pause += pause;
        }
    }

    private async Task<bool> IsSizedAsync(CancellationToken cancellationToken)
    {
        var (columns, rows) = terminal.Size;
        if (columns <= 0 || rows <= 0)
            return true;
        try
        {
            await resize(columns, rows, cancellationToken).ConfigureAwait(false);
            return true;
        }
        catch (EngineException)
        {
            return false;
        }
    }
}
