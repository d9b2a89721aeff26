using System.Management.Automation;
using Compose.Errors;
using Compose.Events;
using Compose.Module.Common.Output;
using Compose.Module.Common.Pipeline;
using Compose.Streams.Terminal;

namespace Compose.Module.Common;

/// <summary>
/// The base of all cmdlets: runs work off the pipeline thread, stops at once with the pipeline, and writes errors as records.
/// </summary>
public abstract class ComposeCommand : PSCmdlet, IDisposable
{
    private static readonly TimeSpan LastRequestLimit = TimeSpan.FromMilliseconds(100);
    private readonly CancellationTokenSource _stop = new();
    private ProgressBoard? _progress;

    /// <inheritdoc/>
    protected override void StopProcessing() => _stop.Cancel();

    /// <summary>The session's current directory, which need not be the process's.</summary>
    private protected string CurrentDirectory => SessionState.Path.CurrentFileSystemLocation.ProviderPath;

    /// <summary>Whether objects are piped or given as -InputObject, which is equivalent.</summary>
    private protected bool TakesInput => MyInvocation.ExpectingInput || InputBinding.IsGiven(this);

    /// <summary>Runs work, and writes its events as they arrive.</summary>
    private protected T Run<T>(Func<IEventSink, CancellationToken, Task<T>> work)
    {
        _progress ??= new ProgressBoard(WriteProgress);
        try
        {
            return new EventPump(Write, _progress.Flush, _stop.Token).Run(work);
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            throw new PipelineStoppedException();
        }
        finally
        {
            if (!_stop.IsCancellationRequested)
                _progress.Complete();
        }
    }

    /// <summary>
    /// Runs work. If it fails, writes the error and returns null, so that the cmdlet can continue with other projects.
    /// </summary>
    private protected T? TryRun<T>(Func<IEventSink, CancellationToken, Task<T>> work) where T : class
    {
        try
        {
            return Run(work);
        }
        catch (ComposeException exception)
        {
            WriteError(ErrorRecords.From(exception.Info, exception));
            return null;
        }
    }

    /// <summary>Runs synchronous work. If it fails, writes the error and returns null.</summary>
    private protected T? TryRun<T>(Func<T> work) where T : class => TryRun((_, _) => Task.FromResult(work()));

    /// <summary>Whether parameters contradict each other. If so, writes the error.</summary>
    /// <param name="conflict">The error's message; null if there is no conflict.</param>
    private protected bool Contradicts(string? conflict)
    {
        if (conflict is not null)
            WriteError(ErrorRecords.From(ModuleErrors.ConflictingParameters.Info(conflict)));
        return conflict is not null;
    }

    /// <summary>
    /// Runs work that owns the console. The console is restored before anything is written, and also when the pipeline stops.
    /// </summary>
    private protected T? AtConsole<T>(ITerminal console, Func<CancellationToken, Task<T>> work) where T : class
    {
        using (console)
        {
            return TryRun(async (_, cancellationToken) =>
            {
                using (console)
                    return await work(cancellationToken).ConfigureAwait(false);
            });
        }
    }

    /// <summary>
    /// Waits briefly for a last request of a stopped pipeline. If it takes longer, it continues in the background.
    /// </summary>
    private protected static void LastWord(Task saying)
    {
        using var timeout = new CancellationTokenSource(LastRequestLimit);
        try
        {
            new EventPump(_ => { }, () => { }, timeout.Token).Run(async (_, _) =>
            {
                await saying.ConfigureAwait(false);
                return true;
            });
        }
        catch (OperationCanceledException)
        {
            // The time is over. The user stopped the pipeline and expects it to end.
            return;
        }
    }

    /// <summary>
    /// Escapes control characters, because messages have names from files and engines; so do the next four methods.
    /// </summary>
    private protected new void WriteWarning(string text) => base.WriteWarning(TerminalText.Block(text));

    private protected new void WriteVerbose(string text) => base.WriteVerbose(TerminalText.Block(text));

    private protected new void WriteDebug(string text) => base.WriteDebug(TerminalText.Block(text));

    private protected new bool ShouldProcess(string target, string action) =>
        base.ShouldProcess(TerminalText.Line(target), TerminalText.Line(action));

    private new void WriteProgress(ProgressRecord record)
    {
        record.Activity = TerminalText.Line(record.Activity);
        record.StatusDescription = TerminalText.Line(record.StatusDescription);
        record.CurrentOperation = record.CurrentOperation is { } operation ? TerminalText.Line(operation) : null;
        base.WriteProgress(record);
    }

    private void Write(ComposeEvent composeEvent)
    {
        switch (composeEvent)
        {
            case ResultEvent result: WriteObject(result.Result); break;
            case ResultsEvent results:
                foreach (var result in results.Results)
                    WriteObject(result);
                break;
            case WarningEvent warning: WriteWarning(warning.Message); break;
            case ErrorEvent error: WriteError(ErrorRecords.From(error.Error)); break;
            case VerboseEvent verbose: WriteVerbose(verbose.Message); break;
            case DebugEvent debug: WriteDebug(debug.Message); break;
            case ProgressEvent progress: _progress!.Show(progress); break;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Releases the cmdlet's resources.</summary>
    protected virtual void Dispose(bool disposing)
    {
        if (disposing)
            _stop.Dispose();
    }
}
