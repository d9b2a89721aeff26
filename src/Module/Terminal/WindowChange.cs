namespace Compose.Module.Terminal;

/// <summary>Waits for changes of the window's size: by SIGWINCH on Unix with .NET, otherwise also by polling.</summary>
internal sealed class WindowChange : IDisposable
{
    private volatile TaskCompletionSource<bool> _next = New();
#if NET
    private readonly System.Runtime.InteropServices.PosixSignalRegistration? _signal;

    public WindowChange()
    {
        if (!OperatingSystem.IsWindows())
            _signal = System.Runtime.InteropServices.PosixSignalRegistration.Create(
                System.Runtime.InteropServices.PosixSignal.SIGWINCH, _ => Notify());
    }

    public void Dispose() => _signal?.Dispose();
#else
    public void Dispose() => Notify();
#endif

    /// <summary>Reports a change of the window.</summary>
    public void Notify() => Interlocked.Exchange(ref _next, New()).TrySetResult(true);

    public async Task NextAsync(CancellationToken cancellationToken)
    {
        var next = _next.Task;
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        await Task.WhenAny(next, Task.Delay(Interval, stop.Token)).ConfigureAwait(false);
        stop.Cancel();
        cancellationToken.ThrowIfCancellationRequested();
    }

    /// <summary>The interval after which <see cref="NextAsync"/> returns anyway, so that the caller compares the size.</summary>
    private static TimeSpan Interval =>
#if NET
        Common.Host.HostEnvironment.IsWindows ? TimeSpan.FromMilliseconds(250) : Timeout.InfiniteTimeSpan;
#else
        TimeSpan.FromMilliseconds(250);
#endif

    private static TaskCompletionSource<bool> New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
