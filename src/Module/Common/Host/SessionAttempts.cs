using Compose.Errors;
using Compose.Execute.Session;

namespace Compose.Module.Common.Host;

/// <summary>
/// The results of connecting to several engines in parallel. The caller owns the sessions once it has taken them; a result that
/// nobody takes, because the pipeline stopped, disposes them.
/// </summary>
internal sealed class SessionAttempts : IDisposable
{
    private readonly IReadOnlyList<(ProjectSession? Session, ComposeException? Failure)> _attempts;

    private SessionAttempts(IReadOnlyList<(ProjectSession?, ComposeException?)> attempts) => _attempts = attempts;

    /// <summary>A session for each request; null if the engine could not be reached.</summary>
    public IEnumerable<ProjectSession?> Sessions => _attempts.Select(attempt => attempt.Session);

    public IEnumerable<ComposeException> Failures => _attempts.Select(attempt => attempt.Failure).OfType<ComposeException>();

    /// <exception cref="OperationCanceledException">Cancelled; sessions that were connected have been disposed.</exception>
    public static async Task<SessionAttempts> ConnectAsync(
        IEnumerable<SessionRequest> requests, CancellationToken cancellationToken)
    {
        var attempts = requests.Select(request => AttemptAsync(request, cancellationToken)).ToList();
        try
        {
            return new SessionAttempts(await Task.WhenAll(attempts).ConfigureAwait(false));
        }
        catch
        {
            foreach (var attempt in attempts.Where(attempt => attempt.Status == TaskStatus.RanToCompletion))
                (await attempt.ConfigureAwait(false)).Session?.Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        foreach (var session in Sessions)
            session?.Dispose();
    }

    private static async Task<(ProjectSession? Session, ComposeException? Failure)> AttemptAsync(
        SessionRequest request, CancellationToken cancellationToken)
    {
        try
        {
            return (await ProjectSession.ConnectAsync(request, cancellationToken).ConfigureAwait(false), null);
        }
        catch (ComposeException exception)
        {
            return (null, exception);
        }
    }
}
