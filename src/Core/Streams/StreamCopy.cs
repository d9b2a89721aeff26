using Compose.Engine.Transport;

namespace Compose.Streams;

/// <summary>Carries a process's streams over a connection that was taken over.</summary>
internal static class StreamCopy
{
    /// <summary>Sends the input while the output is read; over when the output ends. Cancelling closes the connection.</summary>
    /// <param name="connection">The connection.</param>
    /// <param name="tty">Whether a terminal writes.</param>
    /// <param name="subject">What an error is about.</param>
    /// <param name="input">What the process reads, or null.</param>
    /// <param name="output">Where its output goes.</param>
    /// <param name="cancellationToken">Closes the connection.</param>
    public static async Task RunAsync(
        HijackedConnection connection, bool tty, string subject, StandardInput? input, CommandOutput output, CancellationToken cancellationToken)
    {
        using var closing = cancellationToken.Register(connection.Dispose);
        var sending = input?.SendAsync(connection, cancellationToken) ?? Task.CompletedTask;
        var reading = ReadAsync(new OutputReader(connection, tty, subject), output, cancellationToken);
        try
        {
            if (await Task.WhenAny(sending, reading).ConfigureAwait(false) == sending)
                await sending.ConfigureAwait(false);
            await reading.ConfigureAwait(false);
        }
        finally
        {
            // Whoever is still at it has nobody on the other side any more.
            connection.Dispose();
            await Task.WhenAny(Task.WhenAll(sending, reading)).ConfigureAwait(false);
        }

        await output.EndAsync(cancellationToken).ConfigureAwait(false);
    }

    private static async Task ReadAsync(OutputReader reader, CommandOutput output, CancellationToken cancellationToken)
    {
        while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false) is { } chunk)
            await output.WriteAsync(chunk, cancellationToken).ConfigureAwait(false);
    }
}
