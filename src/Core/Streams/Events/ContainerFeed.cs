using System.Runtime.CompilerServices;
using Compose.Engine.Api;
using Compose.Errors;
using Compose.State;

namespace Compose.Streams.Events;

/// <summary>
/// Tells which containers a project has, and then each that starts, by the engine's events; after a silence it looks again, so that
/// no lost event matters. A container may be told of more than once.
/// </summary>
/// <param name="engine">The engine.</param>
/// <param name="projectName">The project.</param>
/// <param name="list">Lists its containers, stopped ones too.</param>
/// <param name="until">When the telling ends, UTC, by the engine's clock; null: never.</param>
internal sealed class ContainerFeed(EngineClient engine, string projectName, Func<CancellationToken, Task<IReadOnlyList<ComposeContainer>>> list, DateTime? until = null)
{
    /// <summary>The first silence is short: what starts between the subscription and the list is not missed for long.</summary>
    private static readonly TimeSpan FirstSilence = TimeSpan.FromMilliseconds(300);
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(10);

    /// <exception cref="ComposeException">The engine is gone.</exception>
    public async IAsyncEnumerable<FeedEntry> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var filters = Filters.Label(ComposeLabels.Of(ComposeLabels.Project, projectName)).With("type", "container").With("event", "start");
        var events = engine.System.EventsAsync(null, until is { } end ? UnixTime.Nano(end) : null, filters, ended.Token).GetAsyncEnumerator(ended.Token);
        var next = events.MoveNextAsync().AsTask();
        try
        {
            foreach (var container in await list(cancellationToken).ConfigureAwait(false))
                yield return new FeedEntry(container, false, false);
            for (var silence = FirstSilence; ; silence = Silence)
            {
                if (!await IsDoneAsync(next, silence, cancellationToken).ConfigureAwait(false))
                {
                    foreach (var container in (await list(cancellationToken).ConfigureAwait(false)).Where(container => container.State == "Running"))
                        yield return new FeedEntry(container, true, false);
                    continue;
                }

                if (!await next.ConfigureAwait(false) && until is not null)
                    yield break;
                if (!await next.ConfigureAwait(false))
                    throw EngineErrors.ConnectionLost.Exception($"The engine at {engine.EngineHost} has ended its stream of events.", engine.EngineHost);
                if (EventReading.Container(events.Current, engine.EngineHost) is { } started)
                    yield return new FeedEntry(started, true, true);
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

    private static async Task<bool> IsDoneAsync(Task task, TimeSpan limit, CancellationToken cancellationToken)
    {
        using var timer = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var first = await Task.WhenAny(task, Task.Delay(limit, timer.Token)).ConfigureAwait(false);
        timer.Cancel();
        cancellationToken.ThrowIfCancellationRequested();
        return first == task;
    }
}

/// <summary>A container there is, or one that starts.</summary>
/// <param name="Container">The container.</param>
/// <param name="IsNew">Whether it started since the reading began.</param>
/// <param name="IsStart">Whether it starts now: an event told.</param>
internal readonly record struct FeedEntry(ComposeContainer Container, bool IsNew, bool IsStart);
