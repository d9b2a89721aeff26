using System.Globalization;
using Compose.Errors;

namespace Compose.Engine.Api;

/// <summary>The time limit of a request.</summary>
internal sealed record TimeLimit
{
    /// <summary>No time limit.</summary>
    public static readonly TimeLimit Endless = new() { Duration = Timeout.InfiniteTimeSpan };

    /// <summary>Close to the longest timer .NET supports; a longer limit becomes no limit.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromDays(20);

    /// <summary>The engine's grace period for a container without a stop timeout.</summary>
    private static readonly TimeSpan DefaultGrace = TimeSpan.FromSeconds(10);

    private TimeSpan Duration { get; init; }

    /// <summary>Formats a time for an error message.</summary>
    public static string Format(TimeSpan length) =>
        length == TimeSpan.FromSeconds(1)
            ? "1 second"
            : string.Format(CultureInfo.InvariantCulture, "{0:0.###} seconds", length.TotalSeconds);

    /// <summary>Called when the limit is reached; returns by how much to extend it.</summary>
    private Func<CancellationToken, Task<TimeSpan>>? Extension { get; init; }

    /// <param name="length">The limit; zero or less means none.</param>
    public static TimeLimit Of(TimeSpan length) =>
        length <= TimeSpan.Zero || length > Longest ? Endless : new() { Duration = length };

    public TimeLimit Times(int factor) => Duration == Endless.Duration ? this : Of(TimeSpan.FromTicks(Duration.Ticks * factor));

    /// <summary>Extends the limit by the time that stopping a container may take.</summary>
    /// <param name="grace">
    /// The grace period in seconds, negative for no limit; null for the container's own, which is looked up only when the default
    /// grace period is over.
    /// </param>
    /// <param name="ask">Returns the container's own stop timeout, or null when it has none.</param>
    public TimeLimit After(int? grace, Func<CancellationToken, Task<int?>> ask) => this switch
    {
        _ when Duration == Endless.Duration => this,
        _ when grace is { } seconds => seconds < 0 ? Endless : Of(Duration + TimeSpan.FromSeconds(seconds)),
        _ => new()
        {
            Duration = Duration + DefaultGrace,
            Extension = async token => ExtraGrace(await ask(token).ConfigureAwait(false)),
        },
    };

    /// <summary>Runs work within the limit.</summary>
    /// <param name="work">The work; its token is cancelled when the limit is reached.</param>
    /// <param name="timedOut">Makes the error of a reached limit, given the limit and the exception that ended the work.</param>
    /// <param name="cancellationToken">Cancels the work.</param>
    public async Task<T> AwaitAsync<T>(
        Func<CancellationToken, Task<T>> work,
        Func<TimeSpan, Exception, ComposeException> timedOut,
        CancellationToken cancellationToken)
    {
        if (Duration == Endless.Duration)
            return await work(cancellationToken).ConfigureAwait(false);
        using var limited = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var length = Duration;
        try
        {
            if (Extension is null)
                limited.CancelAfter(length);
            var working = work(limited.Token);
            if (Extension is not null && !await IsDoneAsync(working, cancellationToken).ConfigureAwait(false))
            {
                var more = await ExtensionAsync(limited.Token).ConfigureAwait(false);
                length += more;
                limited.CancelAfter(more);
            }

            return await working.ConfigureAwait(false);
        }
        catch (Exception exception) when (limited.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw timedOut(length, exception);
        }
    }

    private async Task<bool> IsDoneAsync(Task working, CancellationToken cancellationToken)
    {
        using var timer = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var first = await Task.WhenAny(working, Task.Delay(Duration, timer.Token)).ConfigureAwait(false);
        timer.Cancel();
        return first == working || cancellationToken.IsCancellationRequested;
    }

    /// <summary>Returns the extension; zero when the engine fails to report the container's stop timeout.</summary>
    private async Task<TimeSpan> ExtensionAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await Extension!(cancellationToken).ConfigureAwait(false);
        }
        catch (ComposeException)
        {
            return TimeSpan.Zero;
        }
    }

    /// <summary>The part of a grace period that exceeds <see cref="DefaultGrace"/>.</summary>
    private static TimeSpan ExtraGrace(int? grace) => grace switch
    {
        null => TimeSpan.Zero,
        < 0 => Timeout.InfiniteTimeSpan,
        _ when TimeSpan.FromSeconds(grace.Value) is var own && own > DefaultGrace =>
            own < Longest ? own - DefaultGrace : Timeout.InfiniteTimeSpan,
        _ => TimeSpan.Zero,
    };
}
