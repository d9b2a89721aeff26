using Compose.Engine.Api;
using Compose.Errors;
using Compose.Events;

namespace Compose.Execute.Running;

/// <summary>Sends removal requests: a missing object is no error, and an object that is still busy is tried again.</summary>
internal sealed class RemovalRetry(IEventSink sink)
{
    private const int Tries = 4;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(150);

    /// <summary>Repeats a removal a few times while the engine is still using the object.</summary>
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
    /// Ignores errors of removals that are not needed: the object is gone, the container is not on the network, or another
    /// container uses the volume.
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
