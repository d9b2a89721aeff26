using Compose.Engine.Api;
using Compose.Engine.Dto;
using Compose.Engine.Own;
using Compose.Errors;
using Compose.Events;
using Compose.State;
using Compose.State.Choosing;
using Compose.Streams.Events;

namespace Compose.Streams.Stats;

/// <summary>Reads what containers use: one sample each, or one a second, also of containers that start later.</summary>
internal sealed class StatsReader(EngineClient engine, IEventSink sink)
{
    private readonly bool _windows = engine.OSType == "windows";

    /// <summary>Reads one sample of every container at the same time, and emits them in the containers' order.</summary>
    public async Task ReadAsync(IReadOnlyList<ComposeContainer> containers, CancellationToken cancellationToken)
    {
        var samples = await Task.WhenAll(containers.Select(container => SampleAsync(container, cancellationToken)))
            .ConfigureAwait(false);
        foreach (var (container, sample) in containers.Zip(samples, (container, sample) => (container, sample)))
        {
            if (sample is not null)
                await EmitAsync(container, sample, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Emits samples until cancelled.</summary>
    public async Task FollowAsync(ContainerFeed feed, ContainerChoice choice, CancellationToken cancellationToken)
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var reading = new Dictionary<string, Task>(StringComparer.Ordinal);
        try
        {
            await foreach (var (container, _) in feed.ReadAsync(cancellationToken).ConfigureAwait(false))
            {
                var isRead = reading.TryGetValue(container.Id, out var earlier) && !earlier.IsCompleted;
                if (container.IsUp && choice.Includes(container) && !isRead)
                    reading[container.Id] = FollowAsync(container, ended.Token);
            }
        }
        finally
        {
            ended.Cancel();
        }
    }

    private async Task FollowAsync(ComposeContainer container, CancellationToken cancellationToken)
    {
        try
        {
            var samples = engine.Containers.StatsStreamAsync(container.Id, cancellationToken);
            await foreach (var sample in samples.ConfigureAwait(false))
            {
                if (StatsMapping.IsComplete(sample))
                    await EmitAsync(container, sample, cancellationToken).ConfigureAwait(false);
            }
        }
        catch (Exception exception) when (exception is EngineException { Status: 404 or 409 }
            || cancellationToken.IsCancellationRequested)
        {
            sink.Emit(new DebugEvent($"{container.Container} is no longer watched: {exception.Message}"));
        }
        catch (EngineException exception)
        {
            sink.Emit(new ErrorEvent(exception.Info));
        }
        catch (ComposeException exception)
        {
            // The event stream reports a lost engine once for all containers.
            sink.Emit(new DebugEvent($"{container.Container} is no longer watched: {exception.Message}"));
        }
    }

    private async Task<StatsSample?> SampleAsync(ComposeContainer container, CancellationToken cancellationToken)
    {
        try
        {
            return await engine.Containers.StatsAsync(container.Id, cancellationToken).ConfigureAwait(false);
        }
        catch (EngineException exception) when (exception.Status == 404)
        {
            sink.Emit(new VerboseEvent($"{container.Container} is gone."));
            return null;
        }
    }

    private ValueTask EmitAsync(ComposeContainer container, StatsSample sample, CancellationToken cancellationToken) =>
        sink.EmitAsync(new ResultEvent(StatsMapping.Read(sample, container, _windows)), cancellationToken);
}
