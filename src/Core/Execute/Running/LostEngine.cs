using System.Diagnostics;
using Compose.Execute.Waiting;

namespace Compose.Execute.Running;

/// <summary>
/// An engine that answers no more requests. A stopping engine still reports how its containers end. If its machine is gone, the
/// event stream may stay open without events, so there is a time limit.
/// </summary>
internal sealed class LostEngine
{
    private static readonly TimeSpan LongestStop = TimeSpan.FromMinutes(1);
    private readonly object _lock = new();
    private Stopwatch? _since;

    /// <summary>Records that a request was answered.</summary>
    public void Answered()
    {
        lock (_lock)
            _since = null;
    }

    /// <summary>Records that a request failed; true if events may still report what the caller waits for.</summary>
    public bool MayStillReport(ContainerEvents watch)
    {
        lock (_lock)
            return watch.IsListening && (_since ??= Stopwatch.StartNew()).Elapsed < LongestStop;
    }
}
