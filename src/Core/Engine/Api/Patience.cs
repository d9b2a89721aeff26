using System.Globalization;
using Compose.Errors;

namespace Compose.Engine.Api;

/// <summary>The time limit of a request.</summary>
internal sealed record Patience
{
    /// <summary>Without a limit.</summary>
    public static readonly Patience Endless = new() { Length = Timeout.InfiniteTimeSpan };

    /// <summary>Timers cannot do much more; for a request it is as good as no limit.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromDays(20);

    /// <summary>The grace of a container that names none.</summary>
    private static readonly TimeSpan UsualGrace = TimeSpan.FromSeconds(10);

    private TimeSpan Length { get; init; }

    /// <summary>A time as an error says it.</summary>
    public static string Words(TimeSpan length) =>
        length == TimeSpan.FromSeconds(1)
            ? "1 second"
            : string.Format(CultureInfo.InvariantCulture, "{0:0.###} seconds", length.TotalSeconds);

    /// <summary>Asked when the time is over: how much longer it may take.</summary>
    private Func<CancellationToken, Task<TimeSpan>>? More { get; init; }

    /// <param name="length">How long; zero or less is without a limit.</param>
    public static Patience Of(TimeSpan length) =>
        length <= TimeSpan.Zero || length > Longest ? Endless : new() { Length = length };

    public Patience Times(int factor) => Length == Endless.Length ? this : Of(TimeSpan.FromTicks(Length.Ticks * factor));

    /// <summary>As much longer as a container's stop may take.</summary>
    /// <param name="grace">
    /// Seconds, less than zero for ever; null for the container's own, which is asked for only once the usual is over.
    /// </param>
    /// <param name="ask">Answers the container's own grace, or null where it names none.</param>
    public Patience After(int? grace, Func<CancellationToken, Task<int?>> ask) => this switch
    {
        _ when Length == Endless.Length => this,
        _ when grace is { } seconds => seconds < 0 ? Endless : Of(Length + TimeSpan.FromSeconds(seconds)),
        _ => new() { Length = Length + UsualGrace, More = async token => Beyond(await ask(token).ConfigureAwait(false)) },
    };

    /// <summary>Does what has to be done in time.</summary>
    /// <param name="work">What is done.</param>
    /// <param name="late">Makes the error of work that took longer than it says.</param>
    /// <param name="cancellationToken">Ends the work at once.</param>
    public async Task<T> AwaitAsync<T>(
        Func<CancellationToken, Task<T>> work,
        Func<TimeSpan, Exception, ComposeException> late,
        CancellationToken cancellationToken)
    {
        if (Length == Endless.Length)
            return await work(cancellationToken).ConfigureAwait(false);
        using var limited = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var length = Length;
        try
        {
            if (More is null)
                limited.CancelAfter(length);
            var working = work(limited.Token);
            if (More is not null && !await IsDoneAsync(working, cancellationToken).ConfigureAwait(false))
            {
                var more = await MoreAsync(limited.Token).ConfigureAwait(false);
                length += more;
                limited.CancelAfter(more);
            }

            return await working.ConfigureAwait(false);
        }
        catch (Exception exception) when (limited.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw late(length, exception);
        }
    }

    private async Task<bool> IsDoneAsync(Task working, CancellationToken cancellationToken)
    {
        using var timer = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var first = await Task.WhenAny(working, Task.Delay(Length, timer.Token)).ConfigureAwait(false);
        timer.Cancel();
        return first == working || cancellationToken.IsCancellationRequested;
    }

    /// <summary>An engine that does not say how long gets no longer.</summary>
    private async Task<TimeSpan> MoreAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await More!(cancellationToken).ConfigureAwait(false);
        }
        catch (ComposeException)
        {
            return TimeSpan.Zero;
        }
    }

    /// <summary>What a grace has beyond the usual one.</summary>
    private static TimeSpan Beyond(int? grace) => grace switch
    {
        null => TimeSpan.Zero,
        < 0 => Timeout.InfiniteTimeSpan,
        _ when TimeSpan.FromSeconds(grace.Value) is var own && own > UsualGrace =>
            own < Longest ? own - UsualGrace : Timeout.InfiniteTimeSpan,
        _ => TimeSpan.Zero,
    };
}
