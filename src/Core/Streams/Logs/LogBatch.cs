using Compose.Events;

namespace Compose.Streams.Logs;

/// <summary>Collects lines and emits them together. Flush before waiting for more lines.</summary>
internal sealed class LogBatch(IEventSink sink)
{
    private const int Size = 128;
    private List<object> _entries = new(Size);

    public ValueTask AddAsync(LogSource source, LogLine line, CancellationToken cancellationToken)
    {
        _entries.Add(
            source.Template with
            {
                Timestamp = line.Timestamp,
                Stream = line.IsError ? "stderr" : "stdout",
                Message = line.Message,
            });
        return _entries.Count < Size ? default : FlushAsync(cancellationToken);
    }

    public ValueTask FlushAsync(CancellationToken cancellationToken)
    {
        if (_entries.Count == 0)
            return default;
        var full = _entries;
        _entries = new List<object>(Size);
        return sink.EmitAsync(new ResultsEvent(full), cancellationToken);
    }
}
