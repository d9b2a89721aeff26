using System.Diagnostics;
using System.Management.Automation;
using Compose.Events;

namespace Compose.Module.Common.Output;

/// <summary>
/// Shows progress events as progress records: an activity for each task, updated at most five times a second, and always
/// completed.
/// </summary>
internal sealed class ProgressBoard(Action<ProgressRecord> write)
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(200);
    private readonly Dictionary<string, int> _activities = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ProgressEvent> _pending = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ShownProgress> _repeats = new(StringComparer.Ordinal);
    private readonly HashSet<string> _shown = new(StringComparer.Ordinal);
    private readonly Stopwatch _sinceFlush = Stopwatch.StartNew();

    public void Show(ProgressEvent progress)
    {
        _pending[progress.Id] = progress;
        if (_sinceFlush.Elapsed >= Interval)
            Flush();
    }

    /// <summary>
    /// Completes all activities that are shown, so that a failed pull leaves no progress bar. When the pipeline stops, the
    /// shell removes them itself.
    /// </summary>
    public void Complete()
    {
        Flush();
        foreach (var id in _shown)
            write(new ProgressRecord(Number(id), id, "Done") { RecordType = ProgressRecordType.Completed });
        _shown.Clear();
        _repeats.Clear();
    }

    /// <summary>
    /// Shows the latest event of each activity. Hosts draw at most every 200 ms and drop records in between, so the latest
    /// event of each activity is written once more, and one with a time every second.
    /// </summary>
    public void Flush()
    {
        foreach (var last in _repeats.Values.Where(last => !_pending.ContainsKey(last.Event.Id)).ToList())
            Repeat(last);
        foreach (var progress in _pending.Values)
            Write(progress);
        _pending.Clear();
        _sinceFlush.Restart();
    }

    private void Write(ProgressEvent progress)
    {
        if (progress.Completed)
        {
            _repeats.Remove(progress.Id);
            // A task that began and ended between two flushes was never shown.
            if (!_shown.Remove(progress.Id))
                return;
            write(Record(progress, 0));
            return;
        }

        _shown.Add(progress.Id);
        var goesOn = _repeats.TryGetValue(progress.Id, out var last) && last.Event.Status == progress.Status;
        var began = goesOn ? last!.Began : Stopwatch.StartNew();
        var next = _repeats[progress.Id] = new ShownProgress(progress, began, Seconds(began), IsRepeated: false);
        write(Record(progress, next.Seconds));
    }

    private void Repeat(ShownProgress last)
    {
        var seconds = Seconds(last.Began);
        if (last.IsRepeated && !(last.Event.Timed && seconds != last.Seconds))
            return;
        _repeats[last.Event.Id] = last with { Seconds = seconds, IsRepeated = true };
        write(Record(last.Event, seconds));
    }

    private static long Seconds(Stopwatch began) => began.ElapsedMilliseconds / 1000;

    private ProgressRecord Record(ProgressEvent progress, long seconds)
    {
        var status = progress.Status.Length > 0 ? progress.Status : progress.Activity;
        if (progress.Timed && seconds > 0)
            status = $"{status} ({seconds} s)";
        var record = new ProgressRecord(Number(progress.Id), $"{progress.Activity} {progress.Id}", status)
        {
            RecordType = progress.Completed ? ProgressRecordType.Completed : ProgressRecordType.Processing,
        };
        if (progress.Detail is { } detail)
            record.CurrentOperation = detail;
        if (progress.ParentId is { } parent)
            record.ParentActivityId = Number(parent);
        if (progress is { Current: { } current, Total: > 0 and { } total })
            record.PercentComplete = (int)Math.Min(100, current * 100 / total);
        return record;
    }

    /// <summary>The latest event of a shown activity.</summary>
    /// <param name="Event">The event.</param>
    /// <param name="Began">The time since the status changed.</param>
    /// <param name="Seconds">The seconds that were last shown.</param>
    /// <param name="IsRepeated">Whether it has been written once more.</param>
    private sealed record ShownProgress(ProgressEvent Event, Stopwatch Began, long Seconds, bool IsRepeated);

    private int Number(string id)
    {
        if (!_activities.TryGetValue(id, out var number))
            _activities[id] = number = _activities.Count + 1;
        return number;
    }
}
