using System.Globalization;
using Compose.Events;

namespace Compose.Execute.Copy;

/// <summary>Counts what is copied and reports it as progress, at most once a megabyte.</summary>
internal sealed class CopyProgress(string id, string activity, long? total, IEventSink sink)
{
    private const long Step = 1024 * 1024;
    private long _reported;

    public long Bytes { get; private set; }

    /// <summary>Files, directories and links.</summary>
    public int Items { get; private set; }

    public void Item() => Items++;

    public void Add(long bytes)
    {
        Bytes += bytes;
        if (Bytes - _reported < Step)
            return;
        _reported = Bytes;
        Report(ProgressEvent.Running);
    }

    public void Begin() => Report(ProgressEvent.Running);

    public void End() => Report(ProgressEvent.Ended);

    private void Report(Func<ProgressKind, string, string, string, ProgressEvent> state) =>
        sink.Emit(state(ProgressKind.Copy, id, activity, Amount()).Counting(Bytes, total));

    private string Amount() => (Bytes / (double)Step).ToString("0.0 MB", CultureInfo.InvariantCulture);
}
