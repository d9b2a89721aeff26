using System.Diagnostics;
using Compose.Engine.Api;
using Compose.Events;
using Compose.Execute.Waiting;
using Compose.Streams;

namespace Compose.Execute.Attached;

/// <summary>Reports each end of the shown containers once, after the container's last lines.</summary>
internal sealed class EndReporter(AttachOptions options, Func<DateTime> now, IEventSink sink)
{
    /// <summary>After this time the last lines have arrived.</summary>
    private static readonly TimeSpan Quiet = TimeSpan.FromMilliseconds(300);
    private readonly Dictionary<(string Id, long Time), (ContainerEnd End, Stopwatch Age)> _due = [];
    private readonly HashSet<(string Id, long Time)> _reported = [];

    /// <summary>Reports the ends that are old enough. The task completes when the next one is; null if there is none.</summary>
    public Task? Look(ContainerExits ends, CancellationToken cancellationToken)
    {
        foreach (var end in ends.Ended.Where(IsNew).ToList())
            Take(end);
        Report(due => due.Age.Elapsed >= Quiet);
        return _due.Count == 0 ? null : Task.Delay(Quiet, cancellationToken);
    }

    /// <summary>An end that was found before its event has no time; the event belongs to the same end.</summary>
    private void Take(ContainerEnd end)
    {
        var untimed = (end.Container.Id, 0L);
        if (end.TimeNano != 0 && _reported.Remove(untimed))
        {
            _reported.Add(Key(end));
            return;
        }

        if (end.TimeNano != 0)
            _due.Remove(untimed);
        _due[Key(end)] = (end, Stopwatch.StartNew());
    }

    /// <summary>Reports the remaining ends, when no more lines follow.</summary>
    public void Finish() => Report(_ => true);

    private bool IsNew(ContainerEnd end) =>
        options.Shown.Contains(end.Container.Service) && !_reported.Contains(Key(end)) && !_due.ContainsKey(Key(end));

    private void Report(Func<(ContainerEnd End, Stopwatch Age), bool> isDue)
    {
        foreach (var (end, _) in _due.Values.Where(isDue).OrderBy(due => due.End.TimeNano).ToList())
        {
            _due.Remove(Key(end));
            _reported.Add(Key(end));
            var when = end.TimeNano == 0 ? now() : UnixTime.FromNano(end.TimeNano);
            sink.Emit(new ResultEvent(ComposeLogEntry.Exit(end.Container, end.Code, when, end.Restarts)));
        }
    }

    private static (string Id, long Time) Key(ContainerEnd end) => (end.Container.Id, end.TimeNano);
}
