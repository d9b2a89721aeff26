using System.Net.Sockets;
using Compose.Streams;

namespace Compose.Execute.Waiting;

/// <summary>Tests whether something listens behind a published port.</summary>
internal static class PortProbe
{
    private static readonly TimeSpan ConnectLimit = TimeSpan.FromSeconds(2);

    /// <summary>
    /// How long a connection must last: the engine's proxy accepts it first, and closes it when the container refuses.
    /// </summary>
    private static readonly TimeSpan Proof = TimeSpan.FromMilliseconds(200);

    public static async Task<bool> AnswersAsync(string host, int port, CancellationToken cancellationToken)
    {
        using var client = new TcpClient();
        try
        {
            var connecting = client.ConnectAsync(host, port);
            if (!await TimedWait.IsDoneAsync(Unwatched(connecting), ConnectLimit, cancellationToken).ConfigureAwait(false))
                return false;
            await connecting.ConfigureAwait(false);
            var reading = client.GetStream().ReadAsync(new byte[1], 0, 1, cancellationToken);
            return !await TimedWait.IsDoneAsync(Unwatched(reading), Proof, cancellationToken).ConfigureAwait(false)
                || await reading.ConfigureAwait(false) > 0;
        }
        catch (Exception exception) when (exception is SocketException or IOException or ObjectDisposedException)
        {
            return false;
        }
    }

    /// <summary>The address at which a port of the engine's machine can be reached from here.</summary>
    /// <param name="engineHost">The engine's endpoint.</param>
    /// <param name="hostIP">The address the port is published on.</param>
    public static string Host(string engineHost, string? hostIP)
    {
        var machine = Uri.TryCreate(engineHost, UriKind.Absolute, out var endpoint)
            && endpoint.Scheme is "tcp" or "http" or "https" or "ssh"
            && endpoint.Host.Length > 0
            ? endpoint.Host
            : null;
        return hostIP is null or "" or "0.0.0.0" or "::" ? machine ?? "127.0.0.1" : hostIP;
    }

    /// <summary>Observes the error of a task that may fail after the wait is over, because its connection is closed.</summary>
    private static Task Unwatched(Task task)
    {
        _ = task.ContinueWith(late => _ = late.Exception, TaskScheduler.Default);
        return task;
    }
}
