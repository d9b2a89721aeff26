using System.Globalization;
using Compose.Events;

namespace Compose.Execute.Copy;

/// <summary>Counts what a copy moves, and tells of it now and then.</summary>
internal sealed class CopyMeter(string id, string activity, long? total, IEventSink sink)
{
    private const long Step = 1024 * 1024;
    private long _told;

    public long Bytes { get; private set; }

    /// <summary>Files, directories and links.</summary>
    public int Items { get; private set; }

    public void Item() => Items++;

    public void Add(long bytes)
    {
        Bytes += bytes;
        if (Bytes - _told < Step)
            return;
        _told = Bytes;
        Tell(completed: false);
    }

    public void Begin() => Tell(completed: false);

    public void End() => Tell(completed: true);

    private void Tell(bool completed) => sink.Emit(new ProgressEvent(id, null, activity, Amount(), Bytes, total, completed));

    private string Amount() => (Bytes / (double)Step).ToString("0.0 MB", CultureInfo.InvariantCulture);
}
