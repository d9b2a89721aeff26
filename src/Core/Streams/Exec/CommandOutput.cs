using Compose.Events;
using Compose.Streams.Frames;

namespace Compose.Streams.Exec;

/// <summary>Where the output of a command goes: into the result, to the user line by line, or to a file.</summary>
internal abstract class CommandOutput
{
    private readonly ByteBuffer _beginning = new();
    private readonly ByteBuffer _errorBeginning = new();

    /// <summary>Standard output for the result.</summary>
    public virtual string StandardOutput => "";

    /// <summary>Standard error for the result.</summary>
    public virtual string StandardError => "";

    /// <summary>The first bytes of standard output as text: the engine writes there why a command could not be started.</summary>
    public string Beginning => _beginning.Text();

    /// <summary>The first bytes of standard error as text: Podman writes the reason there.</summary>
    public string ErrorBeginning => _errorBeginning.Text();

    public ValueTask WriteAsync(OutputChunk chunk, CancellationToken cancellationToken)
    {
        var beginning = chunk.IsError ? _errorBeginning : _beginning;
        if (beginning.IsEmpty)
            beginning.Add(chunk.Buffer, chunk.Offset, Math.Min(chunk.Count, 1024));
        return TakeAsync(chunk, cancellationToken);
    }

    protected abstract ValueTask TakeAsync(OutputChunk chunk, CancellationToken cancellationToken);

    /// <summary>Called at the end of the output.</summary>
    public virtual ValueTask EndAsync(CancellationToken cancellationToken) => default;

    /// <summary>Keeps both streams as text.</summary>
    /// <param name="shown">Receives them as well, as they arrive; may be null.</param>
    internal sealed class Kept(CommandOutput? shown = null) : CommandOutput
    {
        private readonly ByteBuffer _output = new();
        private readonly ByteBuffer _error = new();

        public override string StandardOutput => _output.Text();
        public override string StandardError => _error.Text();

        protected override ValueTask TakeAsync(OutputChunk chunk, CancellationToken cancellationToken)
        {
            (chunk.IsError ? _error : _output).Add(chunk.Buffer, chunk.Offset, chunk.Count);
            return shown?.WriteAsync(chunk, cancellationToken) ?? default;
        }

        public override ValueTask EndAsync(CancellationToken cancellationToken) => shown?.EndAsync(cancellationToken) ?? default;
    }

    /// <summary>Writes standard output unchanged to a stream, and keeps standard error.</summary>
    internal sealed class ToStream(Stream target) : CommandOutput
    {
        private readonly Kept _kept = new();

        public override string StandardError => _kept.StandardError;

        protected override async ValueTask TakeAsync(OutputChunk chunk, CancellationToken cancellationToken)
        {
            if (chunk.IsError)
                await _kept.WriteAsync(chunk, cancellationToken).ConfigureAwait(false);
            else
                await target.WriteAsync(chunk.Buffer, chunk.Offset, chunk.Count, cancellationToken).ConfigureAwait(false);
        }

        public override async ValueTask EndAsync(CancellationToken cancellationToken) =>
            await target.FlushAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Emits each line as a log entry, with the time it arrived.</summary>
    internal sealed class Lines(ComposeLogEntry template, Func<DateTime> now, IEventSink sink) : CommandOutput
    {
        private readonly OutputLines _output = new();
        private readonly OutputLines _error = new();

        protected override async ValueTask TakeAsync(OutputChunk chunk, CancellationToken cancellationToken)
        {
            foreach (var line in (chunk.IsError ? _error : _output).Add(chunk.Buffer, chunk.Offset, chunk.Count))
                await EmitAsync(chunk.IsError, line, cancellationToken).ConfigureAwait(false);
        }

        public override async ValueTask EndAsync(CancellationToken cancellationToken)
        {
            if (_output.Rest() is { } output)
                await EmitAsync(false, output, cancellationToken).ConfigureAwait(false);
            if (_error.Rest() is { } error)
                await EmitAsync(true, error, cancellationToken).ConfigureAwait(false);
        }

        private ValueTask EmitAsync(bool isError, string line, CancellationToken cancellationToken) =>
            sink.EmitAsync(
                new ResultEvent(template with { Timestamp = now(), Stream = isError ? "stderr" : "stdout", Message = line }),
                cancellationToken);
    }
}
