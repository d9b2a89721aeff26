using System.Collections.Concurrent;
using System.Diagnostics;

namespace Compose.Execute.Waiting;

/// <summary>
/// When this run started each container: a container that ends right after its start must not count as running.
/// </summary>
internal sealed class FreshStarts
{
    private readonly ConcurrentDictionary<string, Stopwatch> _starts = new(StringComparer.Ordinal);

    /// <summary>Records that the engine has just started a container.</summary>
    public void Add(string id) => _starts[id] = Stopwatch.StartNew();

    /// <summary>The time since this run started a container; null if it did not.</summary>
    public TimeSpan? Since(string id) => _starts.TryGetValue(id, out var clock) ? clock.Elapsed : null;
}
