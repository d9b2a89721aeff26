namespace Compose.Streams;

/// <summary>Waits for a task with a time limit; the task itself goes on.</summary>
internal static class TimedWait
{
    /// <summary>True if the task ended within the limit, whether it succeeded or not.</summary>
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
