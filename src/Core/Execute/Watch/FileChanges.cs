using System.Collections.Concurrent;
using System.Diagnostics;
using Compose.Events;
using Compose.Execute.Copy;

namespace Compose.Execute.Watch;

/// <summary>
/// Returns changes below the watched paths in batches; a batch ends after a quiet time. Notifications of the file system only say
/// where to look; changes are found by comparing with the last snapshot, so lost notifications lose nothing.
/// </summary>
internal sealed class FileChanges : IDisposable
{
    /// <summary>How long nothing must happen before a batch ends, the same as in docker compose.</summary>
    public static readonly TimeSpan QuietPeriod = TimeSpan.FromMilliseconds(500);

    /// <summary>The longest time of a batch, even if files keep changing.</summary>
    private static readonly TimeSpan LongestBatch = TimeSpan.FromSeconds(5);

    /// <summary>How often to look if the system cannot notify.</summary>
    private static readonly TimeSpan PollPeriod = TimeSpan.FromSeconds(1);
    private const int BufferSize = 64 * 1024;
    private readonly ConcurrentQueue<string> _touched = new();
    private readonly SemaphoreSlim _signal = new(0);
    private readonly List<FileSystemWatcher> _watchers = [];
    private readonly IReadOnlyList<WatchRule> _rules;
    private readonly IReadOnlyList<string> _roots;
    private volatile bool _lost;
    private volatile bool _polls;
    private string? _reason;

    /// <param name="rules">What to watch.</param>
    public FileChanges(IReadOnlyList<WatchRule> rules)
    {
        _rules = rules;
        _roots = [.. rules.Select(rule => rule.Definition.Path).Distinct()];
        Snapshot = new FileSnapshot(rules);
        foreach (var (directory, whole) in Outermost(_roots.Select(Place)))
            Watch(directory, whole);
        Snapshot.Update(_roots);
    }

    public FileSnapshot Snapshot { get; }

    /// <summary>The next batch, never empty.</summary>
    /// <param name="quiet">How long nothing must happen before the batch ends.</param>
    /// <param name="sink">Receives a warning if the system cannot notify of changes.</param>
    /// <param name="cancellationToken">Ends the watching.</param>
    public async Task<IReadOnlyList<FileChange>> NextAsync(TimeSpan quiet, IEventSink sink, CancellationToken cancellationToken)
    {
        while (true)
        {
            var notified = await _signal.WaitAsync(_polls ? PollPeriod : Timeout.InfiniteTimeSpan, cancellationToken)
                .ConfigureAwait(false);
            var clock = Stopwatch.StartNew();
            while (notified
                && clock.Elapsed < LongestBatch
                && await _signal.WaitAsync(quiet, cancellationToken).ConfigureAwait(false))
                continue;
            if (Interlocked.Exchange(ref _reason, null) is { } reason)
                sink.Emit(
                    new WarningEvent($"The system does not report all changes, so files are checked every second: {reason}"));
            var changes = Take(everything: !notified);
            if (changes.Count > 0)
                return changes;
        }
    }

    public void Dispose()
    {
        foreach (var watcher in _watchers)
            watcher.Dispose();
        _signal.Dispose();
    }

    private IReadOnlyList<FileChange> Take(bool everything)
    {
        var paths = new HashSet<string>(StringComparer.Ordinal);
        while (_touched.TryDequeue(out var path))
            paths.Add(path);
        if (everything || _lost)
        {
            _lost = false;
            paths.UnionWith(_roots);
        }

        return Snapshot.Update(paths);
    }

    private void Watch(string directory, bool whole)
    {
        var watcher = new FileSystemWatcher(directory)
        {
            IncludeSubdirectories = whole,
            InternalBufferSize = BufferSize,
            NotifyFilter =
                NotifyFilters.FileName | NotifyFilters.DirectoryName | NotifyFilters.LastWrite | NotifyFilters.Size
                | NotifyFilters.Attributes,
        };
        _watchers.Add(watcher);
        watcher.Changed += (_, change) => Touch(change.FullPath);
        watcher.Created += (_, change) => Touch(change.FullPath);
        watcher.Deleted += (_, change) => Touch(change.FullPath);
        watcher.Renamed += (_, change) =>
        {
            Touch(change.OldFullPath);
            Touch(change.FullPath);
        };
        watcher.Error += (_, failure) => Lost(failure.GetException());
        try
        {
            watcher.EnableRaisingEvents = true;
        }
        catch (Exception exception) when (exception is IOException or ArgumentException or PlatformNotSupportedException)
        {
            Lost(exception);
        }
    }

    private void Touch(string path)
    {
        // A change that no rule matches, such as a growing log, does not delay a batch.
        if (_rules.All(rule => rule.Prunes(path)))
            return;
        _touched.Enqueue(path);
        Signal();
    }

    /// <summary>After an overflow, compare everything; after any other failure, poll.</summary>
    private void Lost(Exception exception)
    {
        _lost = true;
        if (exception is not InternalBufferOverflowException && !_polls)
        {
            _polls = true;
            Interlocked.Exchange(ref _reason, exception.Message);
        }

        Signal();
    }

    private void Signal()
    {
        try
        {
            _signal.Release();
        }
        catch (ObjectDisposedException)
        {
            // A notification that arrived after the watch ended.
            _lost = true;
        }
    }

    /// <summary>
    /// The directory to watch for a path, and whether to watch everything below it. A file is watched through its directory,
    /// because editors replace files; a path that does not exist, through its nearest existing directory.
    /// </summary>
    private static (string Directory, bool Whole) Place(string path)
    {
        var item = HostPaths.Item(path);
        if (item is DirectoryInfo)
            return (path, true);
        var directory = Path.GetDirectoryName(path);
        while (directory is not null && !Directory.Exists(directory))
            directory = Path.GetDirectoryName(directory);
        return (directory ?? path, item is null);
    }

    /// <summary>The directories that are not within another one that is watched with everything below it.</summary>
    private static IEnumerable<(string Directory, bool Whole)> Outermost(IEnumerable<(string Directory, bool Whole)> places)
    {
        var all = places.Distinct().OrderBy(place => place.Directory.Length).ThenByDescending(place => place.Whole).ToList();
        return all.Where((place, index) =>
            !all.Take(index).Any(outer =>
                outer.Directory == place.Directory
                    || (outer.Whole && WatchRule.Relative(outer.Directory, place.Directory) is not null)));
    }
}
