using System.Diagnostics;
using System.Management.Automation;
using Compose.Events;

namespace Compose.Module.Common;

/// <summary>Shows progress events as progress records: one activity each, at most five times a second, always ended.</summary>
internal sealed class ProgressBoard(Action<ProgressRecord> write)
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(200);
    private readonly Dictionary<string, int> _activities = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ProgressEvent> _pending = new(StringComparer.Ordinal);
    private readonly HashSet<string> _shown = new(StringComparer.Ordinal);
    private readonly Stopwatch _sinceFlush = Stopwatch.StartNew();

    public void Show(ProgressEvent progress)
    {
        _pending[progress.Id] = progress;
        if (_sinceFlush.Elapsed >= Interval)
            Flush();
    }

    /// <summary>Ends what is still shown: a pull that failed leaves no bar behind. Those of a stopped pipeline the shell takes away itself.</summary>
    public void Complete()
    {
        Flush();
        foreach (var id in _shown)
            write(new ProgressRecord(Number(id), id, "Done") { RecordType = ProgressRecordType.Completed });
        _shown.Clear();
    }

    /// <summary>Shows the latest of every activity.</summary>
    public void Flush()
    {
        foreach (var progress in _pending.Values)
        {
            // Work that began and ended between two looks was never shown.
            if (progress.Completed && !_shown.Remove(progress.Id))
                continue;
            if (!progress.Completed)
                _shown.Add(progress.Id);
            write(Record(progress));
        }

        _pending.Clear();
        _sinceFlush.Restart();
    }

    private ProgressRecord Record(ProgressEvent progress)
    {
        var record = new ProgressRecord(Number(progress.Id), $"{progress.Activity} {progress.Id}", progress.Status.Length > 0 ? progress.Status : progress.Activity)
        {
            RecordType = progress.Completed ? ProgressRecordType.Completed : ProgressRecordType.Processing,
        };
        if (progress.ParentId is { } parent)
            record.ParentActivityId = Number(parent);
        if (progress is { Current: { } current, Total: > 0 and { } total })
            record.PercentComplete = (int)Math.Min(100, current * 100 / total);
        return record;
    }

    private int Number(string id)
    {
        if (!_activities.TryGetValue(id, out var number))
            _activities[id] = number = _activities.Count + 1;
        return number;
    }
}
