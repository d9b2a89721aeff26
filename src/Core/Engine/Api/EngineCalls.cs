using System.Text.Json;
using Compose.Engine.Dto;
using Compose.Engine.Transport;

namespace Compose.Engine.Api;

/// <summary>
/// Runs Docker.DotNet's calls within a time limit, turns its exceptions into our errors, and checks the records it returns.
/// </summary>
internal sealed class EngineCalls(EngineTransport transport, TimeLimit timeLimit) : IEngineCalls
{
    public IEngineCalls Lasting => new EngineCalls(transport, timeLimit.Times(EngineRequests.LastingFactor));

    public Task<TRecord> ReadAsync<TModel, TRecord>(
        string subject,
        Func<CancellationToken, Task<TModel>> call,
        Func<TModel, TRecord> map,
        CancellationToken cancellationToken)
        where TModel : class
        where TRecord : class => WithinLimitAsync(null, subject, call, map, cancellationToken);

    public Task<TRecord> ChangeAsync<TModel, TRecord>(
        string verb,
        string subject,
        Func<CancellationToken, Task<TModel>> call,
        Func<TModel, TRecord> map,
        CancellationToken cancellationToken)
        where TModel : class
        where TRecord : class => WithinLimitAsync(verb, subject, call, map, cancellationToken);

    public Task ChangeAsync(
        string verb, string subject, Func<CancellationToken, Task> call, CancellationToken cancellationToken) =>
        WithinLimitAsync(verb, subject, token => DoneAsync(call(token)), done => done, cancellationToken);

    private static async Task<string> DoneAsync(Task call)
    {
        await call.ConfigureAwait(false);
        return "";
    }

    private Task<TRecord> WithinLimitAsync<TModel, TRecord>(
        string? verb,
        string subject,
        Func<CancellationToken, Task<TModel>> call,
        Func<TModel, TRecord> map,
        CancellationToken cancellationToken)
        where TModel : class
        where TRecord : class =>
        timeLimit.AwaitAsync(
            token => AnswerAsync(subject, call, map, token),
            (length, inner) => EngineFailure.Late(transport.Endpoint.Host, verb, subject, length, inner),
            cancellationToken);

    private async Task<TRecord> AnswerAsync<TModel, TRecord>(
        string subject,
        Func<CancellationToken, Task<TModel>> call,
        Func<TModel, TRecord> map,
        CancellationToken cancellationToken)
        where TModel : class
        where TRecord : class
    {
        try
        {
            var model = await call(cancellationToken).ConfigureAwait(false);
            return EngineAnswer.Checked(model is null ? null : map(model), subject);
        }
        catch (RefusedAnswerException refused)
        {
            throw refused.About(subject);
        }
        catch (ObjectDisposedException exception)
        {
            throw transport.Lost(exception);
        }
        catch (Exception exception) when (IsReadError(exception))
        {
            throw EngineAnswer.Unreadable(subject, exception);
        }
    }

    /// <summary>
    /// Besides JsonException, Docker.DotNet's converters throw the others: for an invalid time, or a list where a string belongs.
    /// </summary>
    private static bool IsReadError(Exception exception) => exception is JsonException or InvalidOperationException
        or NotSupportedException or NotImplementedException or FormatException or ArgumentException;
}
