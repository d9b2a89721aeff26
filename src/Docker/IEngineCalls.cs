namespace Compose.Engine.Api;

/// <summary>
/// Runs calls of Docker.DotNet like our own requests: within a time limit, and with our errors, whose target is the subject of
/// the call.
/// </summary>
internal interface IEngineCalls
{
    /// <summary>The same calls with a longer time limit: for deleting files, mounting volumes or querying a registry.</summary>
    IEngineCalls Lasting { get; }

    /// <summary>Runs a call that only reads.</summary>
    /// <param name="subject">The target of errors.</param>
    /// <param name="call">The call of Docker.DotNet.</param>
    /// <param name="map">Converts the model, parts of which may be null, to a record, which is then checked.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    Task<TRecord> ReadAsync<TModel, TRecord>(
        string subject,
        Func<CancellationToken, Task<TModel>> call,
        Func<TModel, TRecord> map,
        CancellationToken cancellationToken)
        where TModel : class
        where TRecord : class;

    /// <summary>Runs a call that changes something, and reads the answer.</summary>
    /// <param name="verb">The change for error messages, such as create.</param>
    /// <param name="subject">The target of errors.</param>
    /// <param name="call">The call of Docker.DotNet.</param>
    /// <param name="map">Converts the model, parts of which may be null, to a record, which is then checked.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    Task<TRecord> ChangeAsync<TModel, TRecord>(
        string verb,
        string subject,
        Func<CancellationToken, Task<TModel>> call,
        Func<TModel, TRecord> map,
        CancellationToken cancellationToken)
        where TModel : class
        where TRecord : class;

    /// <summary>Runs a call that changes something and whose answer has no content.</summary>
    Task ChangeAsync(string verb, string subject, Func<CancellationToken, Task> call, CancellationToken cancellationToken);
}
