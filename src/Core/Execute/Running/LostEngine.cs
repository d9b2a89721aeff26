using System.Diagnostics;
using Compose.Execute.Waiting;

namespace Compose.Execute.Running;

/// <summary>
/// An engine that takes no more requests. While it stops, it still tells how its containers end; one whose machine is gone
/// may leave a stream of events open that says nothing, so there is a limit.
/// </summary>
internal sealed class LostEngine
{
    private static readonly TimeSpan LongestStop = TimeSpan.FromMinutes(1);
    private readonly object _lock = new();
    private Stopwatch? _since;

    /// <summary>A request was answered.</summary>
    public void Seen()
    {
        lock (_lock)
            _since = null;
    }

    /// <summary>A request was not answered: whether events may still tell what one wants to know.</summary>
    public bool MayStillTell(ContainerWatch watch)
    {
        lock (_lock)
            return watch.IsListening && (_since ??= Stopwatch.StartNew()).Elapsed < LongestStop;
    }
}
