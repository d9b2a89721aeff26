using Compose.Engine.Api;
using Compose.Errors;
using Compose.Events;

namespace Compose.Execute.Running;

/// <summary>
/// How requests that take something away are made: what is gone already is no error, what the engine still holds is asked for
/// again.
/// </summary>
internal sealed class Removal(IEventSink sink)
{
    private const int Tries = 4;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(150);

    /// <summary>Removes again, a few times, what the engine has not let go of yet.</summary>
    public async Task RetryAsync(Func<Task> removal, ErrorDefinition lag, CancellationToken cancellationToken)
    {
        for (var left = Tries; ; left--)
        {
            try
            {
                await removal().ConfigureAwait(false);
                return;
            }
            catch (EngineException exception) when (left > 1 && exception.Info.Id == lag.Id)
            {
                sink.Emit(new VerboseEvent(exception.Message));
                await Task.Delay(Pause, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    /// <summary>
    /// What is gone already need not be removed, nor a container be taken off a network it is not on, nor a volume another
    /// container shares.
    /// </summary>
    public async Task IfPresentAsync(Task request, bool orInUse = false)
    {
        try
        {
            await request.ConfigureAwait(false);
        }
        catch (EngineException exception) when (exception.Status == 404
            || exception.Info.Id == EngineErrors.RemovalUnderWay.Id
            || exception.Info.Id == EngineErrors.NotConnected.Id
            || (orInUse && exception.Status == 409))
        {
            sink.Emit(new VerboseEvent(exception.Message));
        }
    }
}
