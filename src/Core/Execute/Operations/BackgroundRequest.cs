using Compose.Engine.Api;
using Compose.Engine.Endpoint;

namespace Compose.Execute.Operations;

/// <summary>A last request that no caller waits for, on its own connection, which outlives the session.</summary>
internal static class BackgroundRequest
{
    /// <summary>After this time the request has been written to the connection.</summary>
    private static readonly TimeSpan SendingTime = TimeSpan.FromMilliseconds(50);

    /// <summary>An engine that never answers must not keep a connection open forever.</summary>
    private static readonly TimeSpan TimeLimit = TimeSpan.FromMinutes(10);

    /// <summary>
    /// Starts the request. The task completes when the request has been sent: a shell that exits earlier would cut it off. It
    /// never fails.
    /// </summary>
    public static Task SendAsync(EngineEndpoint endpoint, Func<EngineClient, CancellationToken, Task> request)
    {
        var sent = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        Task.Run(RunAsync).ContinueWith(
            ended =>
            {
                _ = ended.Exception;
                sent.TrySetResult(true);
            }, TaskScheduler.Default);
        return sent.Task;

        async Task RunAsync()
        {
            using var limit = new CancellationTokenSource(TimeLimit);
            using var engine = await EngineClient.ConnectAsync(endpoint, limit.Token).ConfigureAwait(false);
            var running = request(engine, limit.Token);
            await Task.WhenAny(running, Task.Delay(SendingTime, limit.Token)).ConfigureAwait(false);
            sent.TrySetResult(true);
            await running.ConfigureAwait(false);
        }
    }
}
