using System.Diagnostics;
using System.Text;
using Compose.Engine.Endpoint;

namespace Compose.Engine.Transport.Ssh;

/// <summary>
/// The standard input and output of an ssh process as one stream. Disposing it or cancelling a read kills the process.
/// </summary>
internal sealed class SshStream : Stream, IHalfClose
{
    private const int KeptErrorCharacters = 4096;
    private static readonly TimeSpan ExitTimeout = TimeSpan.FromSeconds(2);
    private readonly Process _process;
    private readonly EngineEndpoint _endpoint;
    private readonly LoginSlot _turn;
    private readonly Stream _input;
    private readonly Stream _output;
    private readonly Task<string> _errors;
    private volatile bool _answered;
    private int _disposed;

    public SshStream(Process process, EngineEndpoint endpoint, LoginSlot turn)
    {
        (_process, _endpoint, _turn) = (process, endpoint, turn);
        (_input, _output) = (process.StandardInput.BaseStream, process.StandardOutput.BaseStream);
        _errors = ReadErrorsAsync(process.StandardError);
    }

    public override bool CanRead => true;
    public override bool CanSeek => false;
    public override bool CanWrite => true;
    public override long Length => throw new NotSupportedException();
    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public override async Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken)
    {
        // Not every platform can cancel a read from a pipe; killing the process ends it everywhere.
        using var registration = cancellationToken.Register(Dispose);
        try
        {
            var read = await _output.ReadAsync(buffer, offset, count, cancellationToken).ConfigureAwait(false);
            if (read == 0 && count > 0 && !_answered && _disposed == 0)
                throw await ExplainAsync(null).ConfigureAwait(false);
            if (read > 0 && !_answered)
            {
                _answered = true;
                _turn.Dispose();
            }

            return read;
        }
        catch (Exception) when (cancellationToken.IsCancellationRequested)
        {
            throw new OperationCanceledException(cancellationToken);
        }
    }

    public override async Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken)
    {
        try
        {
            await _input.WriteAsync(buffer, offset, count, cancellationToken).ConfigureAwait(false);
            await _input.FlushAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (IOException exception) when (!_answered && _disposed == 0)
        {
            throw await ExplainAsync(exception).ConfigureAwait(false);
        }
    }

    public Task CloseWriteAsync(CancellationToken cancellationToken)
    {
        _process.StandardInput.Close();
        return Task.CompletedTask;
    }

    public override void Flush() { }
    public override int Read(byte[] buffer, int offset, int count) =>
        throw new NotSupportedException("An ssh connection is read asynchronously.");
    public override void Write(byte[] buffer, int offset, int count) =>
        throw new NotSupportedException("An ssh connection is written asynchronously.");
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing && Interlocked.Exchange(ref _disposed, 1) == 0)
        {
            _turn.Dispose();
            _ = EndAsync();
        }

        base.Dispose(disposing);
    }

    /// <summary>Kills the process, and disposes it once its error output has been read.</summary>
    private async Task EndAsync()
    {
        TryKill();
        await _errors.ConfigureAwait(false);
        _process.Dispose();
    }

    /// <summary>Returns false when the process could not be killed, usually because it had exited.</summary>
    private bool TryKill()
    {
        try
        {
            _process.Kill();
            return true;
        }
        catch (Exception exception) when (exception is InvalidOperationException or System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }

    private async Task<Exception> ExplainAsync(Exception? exception)
    {
        // Standard error ends with the process, unless a child process of ssh keeps it open; so the wait is limited.
        await Task.WhenAny(_errors, Task.Delay(ExitTimeout)).ConfigureAwait(false);
        var said = _errors.IsCompleted ? await _errors.ConfigureAwait(false) : "";
        return SshFailure.From(said, _endpoint, exception);
    }

    private static async Task<string> ReadErrorsAsync(StreamReader errors)
    {
        var kept = new StringBuilder();
        var buffer = new char[1024];
        try
        {
            int read;
            while ((read = await errors.ReadAsync(buffer, 0, buffer.Length).ConfigureAwait(false)) > 0)
            {
                kept.Append(buffer, 0, read);
                if (kept.Length > KeptErrorCharacters)
                    kept.Remove(0, kept.Length - KeptErrorCharacters);
            }
        }
        catch (Exception exception) when (exception is IOException or ObjectDisposedException)
        {
            kept.Append(exception.Message);
        }

        return kept.ToString();
    }
}
