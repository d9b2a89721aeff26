using System.Management.Automation.Host;
using Compose.Events;
using Compose.Execute.Attached;
using Compose.Module.Common.Output;
using Compose.Streams.Terminal;

namespace Compose.Module.Terminal;

/// <summary>Reads the keys during an attached up: Ctrl+C stops the containers, again kills them; d detaches.</summary>
internal sealed class AttachKeys : IDisposable
{
    /// <summary>
    /// A sink without progress events, for the time that keys are read: to show progress the console queries the cursor's
    /// position, and the response would be read as keys.
    /// </summary>
    public static IEventSink WithoutProgress(IEventSink sink) =>
        new FilteredSink(sink, composeEvent => composeEvent is not ProgressEvent);

    private const byte ControlC = 3;
    private readonly CancellationTokenSource _over = new();
    private readonly ITerminal _terminal;
    private int _isOver;

    private AttachKeys(ITerminal terminal) => _terminal = terminal;

    public static AttachKeys Listen(PSHost host, AttachSignals signals, IEventSink sink)
    {
        var keys = new AttachKeys(ConsoleTerminal.Open(host, keysOnly: true));
        _ = keys.ReadAsync(signals, sink, keys._over.Token);
        return keys;
    }

    public void Dispose()
    {
        if (Interlocked.Exchange(ref _isOver, 1) == 1)
            return;
        _over.Cancel();
        _terminal.Dispose();
        _over.Dispose();
    }

    private async Task ReadAsync(AttachSignals signals, IEventSink sink, CancellationToken cancellationToken)
    {
        var buffer = new byte[64];
        try
        {
            int read;
            while ((read = await _terminal.ReadAsync(buffer, cancellationToken).ConfigureAwait(false)) > 0)
            {
                foreach (var key in buffer.Take(read))
                    Press(key, signals, sink);
            }
        }
        catch (OperationCanceledException)
        {
            // Disposed: the shell reads the keys again.
            return;
        }
    }

    private static void Press(byte key, AttachSignals signals, IEventSink sink)
    {
        if (key is (byte)'d' or (byte)'D')
            signals.Detach();
        if (key != ControlC)
            return;
        sink.Emit(
            new WarningEvent(
                signals.Stop.IsCompleted
                    ? "The containers are killed."
                    : "The containers are stopped; press Ctrl+C again to kill them."));
        signals.Interrupt();
    }
}
