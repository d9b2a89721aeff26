namespace Compose.Execute.Attached;

/// <summary>What the user asks of an attached up while it goes on: to stop, then to kill, or to leave.</summary>
internal sealed class AttachSignals
{
    private readonly TaskCompletionSource<bool> _stop = New();
    private readonly TaskCompletionSource<bool> _kill = New();
    private readonly TaskCompletionSource<bool> _leave = New();

    /// <summary>Done when the containers are to stop, each with its grace.</summary>
    public Task Stop => _stop.Task;

    /// <summary>Done when they are to be killed.</summary>
    public Task Kill => _kill.Task;

    /// <summary>Done when they are to be left running.</summary>
    public Task Leave => _leave.Task;

    /// <summary>Ctrl+C: the first asks to stop, the second to kill.</summary>
    public void Interrupt()
    {
        if (!_stop.TrySetResult(true))
            _kill.TrySetResult(true);
    }

    public void Detach() => _leave.TrySetResult(true);

    private static TaskCompletionSource<bool> New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}

/// <summary>What an attached up shows, and when it ends.</summary>
internal sealed record AttachOptions
{
    /// <summary>The services whose lines are shown.</summary>
    public required IReadOnlyCollection<string> Shown { get; init; }

    /// <summary>The services whose containers count and are stopped; empty: all of the project.</summary>
    public IReadOnlyCollection<string> Services { get; init; } = [];

    /// <summary>Whether the first container that ends stops all.</summary>
    public bool AbortOnExit { get; init; }

    /// <summary>Whether the first container that ends with a code other than 0 stops all.</summary>
    public bool AbortOnFailure { get; init; }

    /// <summary>The service whose exit code is the result.</summary>
    public string? ExitCodeFrom { get; init; }

    /// <summary>The grace of stops; null: each container's own.</summary>
    public TimeSpan? Timeout { get; init; }
}
