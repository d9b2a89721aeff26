namespace Compose.Execute.Attached;

/// <summary>What the user asks of a running attached up: stop, then kill, or detach.</summary>
internal sealed class AttachSignals
{
    private readonly TaskCompletionSource<bool> _stop = New();
    private readonly TaskCompletionSource<bool> _kill = New();
    private readonly TaskCompletionSource<bool> _leave = New();

    /// <summary>Completes when the containers are to be stopped, each with its grace period.</summary>
    public Task Stop => _stop.Task;

    /// <summary>Completes when the containers are to be killed.</summary>
    public Task Kill => _kill.Task;

    /// <summary>Completes when the user detaches.</summary>
    public Task Leave => _leave.Task;

    /// <summary>Ctrl+C: the first one stops, the second one kills.</summary>
    public void Interrupt()
    {
        if (!_stop.TrySetResult(true))
            _kill.TrySetResult(true);
    }

    public void Detach() => _leave.TrySetResult(true);

    private static TaskCompletionSource<bool> New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}

/// <summary>What an attached up shows and when it ends.</summary>
internal sealed record AttachOptions
{
    /// <summary>The services whose output is shown.</summary>
    public required IReadOnlyCollection<string> Shown { get; init; }

    /// <summary>The services whose containers count and are stopped; empty for all services.</summary>
    public IReadOnlyCollection<string> Services { get; init; } = [];

    /// <summary>Whether the first end of a container stops all.</summary>
    public bool AbortOnExit { get; init; }

    /// <summary>Whether the first end with an exit code other than 0 stops all.</summary>
    public bool AbortOnFailure { get; init; }

    /// <summary>The service whose exit code is the result.</summary>
    public string? ExitCodeFrom { get; init; }

    /// <summary>The grace period of stops; null for each container's own.</summary>
    public TimeSpan? Timeout { get; init; }
}
