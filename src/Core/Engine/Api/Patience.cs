using System.Globalization;
using Compose.Errors;

namespace Compose.Engine.Api;

/// <summary>The time limit of a request.</summary>
internal sealed record Patience
{
    /// <summary>No time limit.</summary>
    public static readonly Patience Endless = new() { Length = Timeout.InfiniteTimeSpan };

    /// <summary>Close to the longest timer .NET supports; a longer limit becomes no limit.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromDays(20);

    /// <summary>The engine's grace period for a container without a stop timeout.</summary>
    private static readonly TimeSpan UsualGrace = TimeSpan.FromSeconds(10);

    private TimeSpan Length { get; init; }

    /// <summary>Formats a time for an error message.</summary>
    public static string Words(TimeSpan length) =>
        length == TimeSpan.FromSeconds(1)
            ? "1 second"
            : string.Format(CultureInfo.InvariantCulture, "{0:0.###} seconds", length.TotalSeconds);

    /// <summary>Called when the limit is reached; returns by how much to extend it.</summary>
    private Func<CancellationToken, Task<TimeSpan>>? More { get; init; }

    /// <param name="length">The limit; zero or less means none.</param>
    public static Patience Of(TimeSpan length) =>
        length <= TimeSpan.Zero || length > Longest ? Endless : new() { Length = length };

    public Patience Times(int factor) => Length == Endless.Length ? this : Of(TimeSpan.FromTicks(Length.Ticks * factor));

    /// <summary>Extends the limit by the time that stopping a container may take.</summary>
    /// <param name="grace">
    /// The grace period in seconds, negative for no limit; null for the container's own, which is looked up only when the default
    /// grace period is over.
    /// </param>
    /// <param name="ask">Returns the container's own stop timeout, or null when it has none.</param>
    public Patience After(int? grace, Func<CancellationToken, Task<int?>> ask) => this switch
    {
        _ when Length == Endless.Length => this,
        _ when grace is { } seconds => seconds < 0 ? Endless : Of(Length + TimeSpan.FromSeconds(seconds)),
        _ => new() { Length = Length + UsualGrace, More = async token => Beyond(await ask(token).ConfigureAwait(false)) },
    };

    /// <summary>Runs work within the limit.</summary>
    /// <param name="work">The work; its token is cancelled when the limit is reached.</param>
    /// <param name="late">Makes the error of a reached limit, given the limit and the exception that ended the work.</param>
    /// <param name="cancellationToken">Cancels the work.</param>
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

    /// <summary>Returns the extension; zero when the engine fails to report the container's stop timeout.</summary>
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

    /// <summary>The part of a grace period that exceeds <see cref="UsualGrace"/>.</summary>
    private static TimeSpan Beyond(int? grace) => grace switch
    {
        null => TimeSpan.Zero,
        < 0 => Timeout.InfiniteTimeSpan,
        _ when TimeSpan.FromSeconds(grace.Value) is var own && own > UsualGrace =>
            own < Longest ? own - UsualGrace : Timeout.InfiniteTimeSpan,
        _ => TimeSpan.Zero,
    };
}
