namespace Compose.Streams;

/// <summary>Waits for work no longer than a limit, without ending the work.</summary>
internal static class TimedWait
{
    /// <summary>True where the task ended, however it did, within the limit.</summary>
    /// <exception cref="OperationCanceledException">The wait was cancelled.</exception>
    public static async Task<bool> IsDoneAsync(Task task, TimeSpan limit, CancellationToken cancellationToken)
    {
        using var timer = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var first = await Task.WhenAny(task, Task.Delay(limit, timer.Token)).ConfigureAwait(false);
        timer.Cancel();
        cancellationToken.ThrowIfCancellationRequested();
        return first == task;
    }
}
