namespace Compose.Engine.Api;

/// <summary>
/// Runs the library's calls the way our own requests run: within a time limit, and failing with nothing but our errors, which
/// name the subject of a call.
/// </summary>
internal interface IEngineCalls
{
    /// <summary>For what an engine needs time for: it deletes files, mounts volumes, asks a registry.</summary>
    IEngineCalls Lasting { get; }

    /// <summary>Asks for something.</summary>
    /// <param name="subject">What an error is about.</param>
    /// <param name="call">The library's call.</param>
    /// <param name="map">Makes our record of the library's model, parts of which may be null; it is checked after.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    Task<TRecord> ReadAsync<TModel, TRecord>(
        string subject,
        Func<CancellationToken, Task<TModel>> call,
        Func<TModel, TRecord> map,
        CancellationToken cancellationToken)
        where TModel : class
        where TRecord : class;

    /// <summary>Changes something, and reads what the engine says to it.</summary>
    /// <param name="verb">What is done to the subject, such as create.</param>
    /// <param name="subject">What an error is about.</param>
    /// <param name="call">The library's call.</param>
    /// <param name="map">Makes our record of the library's model, parts of which may be null; it is checked after.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    Task<TRecord> ChangeAsync<TModel, TRecord>(
        string verb,
        string subject,
        Func<CancellationToken, Task<TModel>> call,
        Func<TModel, TRecord> map,
        CancellationToken cancellationToken)
        where TModel : class
        where TRecord : class;

    /// <summary>Changes something where the engine's answer holds nothing worth reading.</summary>
    Task ChangeAsync(string verb, string subject, Func<CancellationToken, Task> call, CancellationToken cancellationToken);
}
