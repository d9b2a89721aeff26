using Compose.Events;
using Compose.Execute.Session;
using Compose.Model;

namespace Compose.Execute.Watch;

/// <summary>
/// A watch that has begun: what changes from now on counts, also while the project is still brought up, and nobody else watches
/// it.
/// </summary>
internal sealed class BegunWatch : IDisposable
{
    private readonly ProjectSession _session;
    private readonly ComposeProject _project;
    private readonly WatchOptions _options;
    private readonly IReadOnlyList<WatchRule> _rules;
    private readonly WatchLock? _lock;
    private readonly FileChanges _changes;

    public BegunWatch(ProjectSession session, ComposeProject project, WatchOptions options, IEventSink sink)
    {
        (_session, _project, _options) = (session, project, options);
        _rules = WatchRules.Of(project, sink);
        _lock = options.RuntimeDirectory is { } directory ? WatchLock.TryTake(directory, project.Name, sink) : null;
        try
        {
            _changes = new FileChanges(_rules);
        }
        catch
        {
            _lock?.Dispose();
            throw;
        }
    }

    /// <summary>Does what the rules say until it is cancelled.</summary>
    public Task RunAsync(IEventSink sink, CancellationToken cancellationToken) =>
        new WatchRun(_session, _project, _options, sink, cancellationToken).RunAsync(_rules, _changes);

    /// <summary>
    /// In the midst of many changes the system takes its time to let go of the files, for which nobody who stops is to wait.
    /// </summary>
    public void Dispose()
    {
        _lock?.Dispose();
        _ = Task.Run(_changes.Dispose);
    }
}
