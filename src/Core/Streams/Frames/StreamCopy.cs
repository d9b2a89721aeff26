using Compose.Engine.Transport;
using Compose.Streams.Exec;

namespace Compose.Streams.Frames;

/// <summary>Copies a process's streams over a hijacked connection.</summary>
internal static class StreamCopy
{
    /// <summary>The byte that a terminal sends for Ctrl+C.</summary>
    private static readonly byte[] Interrupt = [3];
    private static readonly TimeSpan InterruptTime = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan InputTime = TimeSpan.FromSeconds(1);

    /// <summary>Sends the input and reads the output until the output ends. Cancelling closes the connection.</summary>
    /// <param name="connection">The connection.</param>
    /// <param name="tty">Whether the process has a terminal.</param>
    /// <param name="subject">The target of errors.</param>
    /// <param name="input">The process's input, or null.</param>
    /// <param name="output">Where its output goes.</param>
    /// <param name="cancellationToken">Closes the connection.</param>
    /// <param name="interrupts">Whether cancelling first sends Ctrl+C to the process's terminal.</param>
    public static async Task RunAsync(
        HijackedConnection connection, bool tty, string subject, StandardInput? input, CommandOutput output,
        CancellationToken cancellationToken, bool interrupts = false)
    {
        // Not disposed: a pending write may outlast the process, and this holds no resources.
        var over = new CancellationTokenSource();
        using var closing = cancellationToken.Register(() => _ = CloseAsync(connection, interrupts, over));
        var sending = input?.SendAsync(connection, tty, over.Token) ?? Task.CompletedTask;
        var reading = ReadAsync(new OutputReader(connection, tty, subject), output, over.Token);
        try
        {
            if (await Task.WhenAny(sending, reading).ConfigureAwait(false) == sending)
                await sending.ConfigureAwait(false);
            await reading.ConfigureAwait(false);
        }
        finally
        {
            // The other side is gone. An input that ignores cancellation is abandoned.
            over.Cancel();
            connection.Dispose();
            await Task.WhenAny(Task.WhenAll(sending, reading), Task.Delay(InputTime)).ConfigureAwait(false);
            _ = sending.ContinueWith(
                late => late.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
        }

        await output.EndAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Closes the connection, after Ctrl+C if asked for. Sending Ctrl+C to a broken connection may fail.</summary>
    private static async Task CloseAsync(HijackedConnection connection, bool interrupts, CancellationTokenSource over)
    {
        using (connection)
        using (var timeout = new CancellationTokenSource(InterruptTime))
        {
            if (interrupts)
                await Task.WhenAny(connection.WriteAsync(Interrupt, 0, Interrupt.Length, timeout.Token)).ConfigureAwait(false);
            over.Cancel();
        }
    }

    private static async Task ReadAsync(OutputReader reader, CommandOutput output, CancellationToken cancellationToken)
    {
        while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false) is { } chunk)
            await output.WriteAsync(chunk, cancellationToken).ConfigureAwait(false);
    }
}
