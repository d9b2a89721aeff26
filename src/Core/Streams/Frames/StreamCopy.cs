using Compose.Engine.Transport;
using Compose.Streams.Exec;

namespace Compose.Streams.Frames;

/// <summary>Carries a process's streams over a connection that was taken over.</summary>
internal static class StreamCopy
{
    /// <summary>What a terminal makes of Ctrl+C.</summary>
    private static readonly byte[] Interrupt = [3];
    private static readonly TimeSpan InterruptTime = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan InputTime = TimeSpan.FromSeconds(1);

    /// <summary>Sends the input while the output is read; over when the output ends. Cancelling closes the connection.</summary>
    /// <param name="connection">The connection.</param>
    /// <param name="tty">Whether a terminal writes.</param>
    /// <param name="subject">What an error is about.</param>
    /// <param name="input">What the process reads, or null.</param>
    /// <param name="output">Where its output goes.</param>
    /// <param name="cancellationToken">Closes the connection.</param>
    /// <param name="interrupts">Whether cancelling presses Ctrl+C at the process's terminal first.</param>
    public static async Task RunAsync(
        HijackedConnection connection, bool tty, string subject, StandardInput? input, CommandOutput output,
        CancellationToken cancellationToken, bool interrupts = false)
    {
        // Not disposed: a key under way may outlast the process, and it holds nothing.
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
            // Whoever is still at it has nobody on the other side any more. An input that does not hear of it is left to itself.
            over.Cancel();
            connection.Dispose();
            await Task.WhenAny(Task.WhenAll(sending, reading), Task.Delay(InputTime)).ConfigureAwait(false);
            _ = sending.ContinueWith(
                late => late.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
        }

        await output.EndAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Closes the connection, after Ctrl+C where it is wanted; one that is broken takes no key any more.</summary>
    private static async Task CloseAsync(HijackedConnection connection, bool interrupts, CancellationTokenSource over)
    {
        using (connection)
        using (var patience = new CancellationTokenSource(InterruptTime))
        {
            if (interrupts)
                await Task.WhenAny(connection.WriteAsync(Interrupt, 0, Interrupt.Length, patience.Token)).ConfigureAwait(false);
            over.Cancel();
        }
    }

    private static async Task ReadAsync(OutputReader reader, CommandOutput output, CancellationToken cancellationToken)
    {
        while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false) is { } chunk)
            await output.WriteAsync(chunk, cancellationToken).ConfigureAwait(false);
    }
}
