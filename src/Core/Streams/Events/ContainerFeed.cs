using System.Runtime.CompilerServices;
using Compose.Engine.Api;
using Compose.Engine.Own;
using Compose.Errors;
using Compose.State;

namespace Compose.Streams.Events;

/// <summary>
/// Lists a project's containers, then returns each container that starts, as the engine's events report it. After a time without
/// events it lists again, so lost events are harmless. A container may be returned more than once.
/// </summary>
/// <param name="engine">The engine.</param>
/// <param name="projectName">The project.</param>
/// <param name="list">Lists its containers, stopped ones included.</param>
/// <param name="until">When to end, UTC, by the engine's clock; null for never.</param>
internal sealed class ContainerFeed(
    EngineClient engine, string projectName, Func<CancellationToken, Task<IReadOnlyList<ComposeContainer>>> list,
    DateTime? until = null)
{
    /// <summary>
    /// The first time limit is short: a container that starts between the subscription and the list is found soon.
    /// </summary>
    private static readonly TimeSpan FirstSilence = TimeSpan.FromMilliseconds(300);
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(10);

    /// <exception cref="ComposeException">The engine is gone.</exception>
    public async IAsyncEnumerable<FeedEntry> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var filters = Filters.Label(ComposeLabels.Of(ComposeLabels.Project, projectName))
            .With("type", "container")
            .With("event", "start");
        var events = engine.System.EventsAsync(null, until is { } end ? UnixTime.Nano(end) : null, filters, ended.Token)
            .GetAsyncEnumerator(ended.Token);
        var next = events.MoveNextAsync().AsTask();
        try
        {
            foreach (var container in await list(cancellationToken).ConfigureAwait(false))
                yield return new FeedEntry(container, FeedCause.Present);
            for (var silence = FirstSilence; ; silence = Silence)
            {
                if (!await TimedWait.IsDoneAsync(next, silence, cancellationToken).ConfigureAwait(false))
                {
                    foreach (var container in (
                        await list(cancellationToken).ConfigureAwait(false)).Where(container => container.State == "Running"))
                        yield return new FeedEntry(container, FeedCause.Found);
                    continue;
                }

                if (!await next.ConfigureAwait(false) && until is not null)
                    yield break;
                if (!await next.ConfigureAwait(false))
                    throw EngineErrors.ConnectionLost.Exception(
                        $"The engine at {engine.EngineHost} has ended its stream of events.", engine.EngineHost);
                if (EventMapping.Container(events.Current, engine.EngineHost) is { } started)
                    yield return new FeedEntry(started, FeedCause.Started);
                next = events.MoveNextAsync().AsTask();
            }
        }
        finally
        {
            ended.Cancel();
            await Task.WhenAny(next).ConfigureAwait(false);
            await events.DisposeAsync().ConfigureAwait(false);
        }
    }
}

/// <summary>Why a feed names a container.</summary>
internal enum FeedCause
{
    /// <summary>The container existed when the reading began.</summary>
    Present,

    /// <summary>A later list shows that the container runs: it may have started since the reading began.</summary>
    Found,

    /// <summary>An event says that the container starts now.</summary>
    Started,
}

/// <summary>A container that exists or that starts.</summary>
internal readonly record struct FeedEntry(ComposeContainer Container, FeedCause Cause);
