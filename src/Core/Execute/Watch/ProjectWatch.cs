using Compose.Events;
using Compose.Execute.Session;
using Compose.Model;

namespace Compose.Execute.Watch;

/// <summary>
/// A watch that has begun and has locked the project: changes from now on count, also while the project is still being brought
/// up.
/// </summary>
internal sealed class ProjectWatch : IDisposable
{
    private readonly ProjectSession _session;
    private readonly ComposeProject _project;
    private readonly WatchOptions _options;
    private readonly IReadOnlyList<WatchRule> _rules;
    private readonly WatchLock? _lock;
    private readonly FileChanges _changes;

    public ProjectWatch(ProjectSession session, ComposeProject project, WatchOptions options, IEventSink sink)
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

    /// <summary>Applies the rules until cancelled.</summary>
    public Task RunAsync(IEventSink sink, CancellationToken cancellationToken) =>
        new WatchRun(_session, _project, _options, sink, cancellationToken).RunAsync(_rules, _changes);

    /// <summary>During many changes, the system takes time to release the files; stopping must not wait for that.</summary>
    public void Dispose()
    {
        _lock?.Dispose();
        _ = Task.Run(_changes.Dispose);
    }
}
