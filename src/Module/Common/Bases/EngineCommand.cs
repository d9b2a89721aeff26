using System.Management.Automation;
using Compose.Errors;
using Compose.Execute.Session;
using Compose.Images.Registry;
using Compose.Module.Common.Host;
using Compose.Module.Common.Output;
using Compose.Module.Completion;

namespace Compose.Module.Common;

/// <summary>The base of cmdlets that use engines. A session for each engine is kept for the whole pipeline.</summary>
public abstract class EngineCommand : PathCommand
{
    private readonly Dictionary<string, ProjectSession> _sessions = new(StringComparer.Ordinal);

    /// <summary>
    /// The docker context that names the engine; cmdlets that only read take several, and ask all of their engines.
    /// </summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(ContextCompleter))]
    public string[]? Context { get; set; }

    /// <summary>The engine's endpoint: unix:///path, npipe:////./pipe/name, tcp://host:port or ssh://user@host.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public string? EngineHost { get; set; }

    /// <summary>
    /// How long to wait, in seconds, for a request that the engine can answer at once. The default is 60; 0 means no limit.
    /// COMPOSE_ENGINE_TIMEOUT sets it for every cmdlet.
    /// </summary>
    [Parameter]
    [Seconds]
    [NotNegative]
    public TimeSpan? EngineTimeout { get; set; }

    /// <summary>The logins of -RegistryCredential, by registry.</summary>
    private protected virtual IReadOnlyDictionary<string, RegistryLogin> RegistryLogins =>
        new Dictionary<string, RegistryLogin>();

    /// <summary>
    /// Refuses -Context together with -EngineHost. In BeginProcessing only typed parameters are bound; the EngineHost of a piped
    /// object has precedence over -Context and is no conflict.
    /// </summary>
    protected override void BeginProcessing()
    {
        if (Context is not null && !string.IsNullOrWhiteSpace(EngineHost))
            ThrowTerminatingError(ErrorRecords.From(
                ExecuteErrors.TwoEngines.Info("-Context and -EngineHost each name an engine.", UrlLogin.Hide(EngineHost!))));
    }

    /// <summary>The session of the engine, or null, with an error, if it cannot be reached or -Context has several.</summary>
    private protected ProjectSession? Session(string? engineHost)
    {
        if (string.IsNullOrWhiteSpace(engineHost) && Context is { Length: > 1 })
        {
            WriteError(
                ErrorRecords.From(
                    ExecuteErrors.SeveralContexts.Info(
                        $"{MyInvocation.MyCommand.Name} works on one engine, and -Context names {Context.Length}.", Context)));
            return null;
        }

        return Sessions(engineHost) is [var session] ? session : null;
    }

    /// <summary>
    /// The sessions of all engines of -Context, in its order, or of the piped object's engine, which has precedence. They are
    /// connected in parallel. An engine that cannot be reached is left out, and its error is written.
    /// </summary>
    private protected IReadOnlyList<ProjectSession> Sessions(string? engineHost)
    {
        engineHost = string.IsNullOrWhiteSpace(engineHost) ? null : engineHost;
        string?[] contexts = engineHost is null && Context is not null ? [.. Context.Distinct(StringComparer.Ordinal)] : [null];
        var keys = contexts.Select(context => context ?? engineHost ?? "").ToList();
        var missing = contexts.Where((_, index) => !_sessions.ContainsKey(keys[index])).ToList();
        if (missing.Count > 0)
        {
            HostEnvironment.KeepChildInputClean();
            var requests = missing.ConvertAll(context => Request(engineHost, context));
            var attempts = Run((_, cancellationToken) => SessionAttempts.ConnectAsync(requests, cancellationToken));
            foreach (var (context, session) in missing.Zip(attempts.Sessions, (context, session) => (context, session)))
            {
                if (session is not null)
                    _sessions[context ?? engineHost ?? ""] = session;
            }

            foreach (var failure in attempts.Failures)
                WriteError(ErrorRecords.From(failure.Info, failure));
        }

        return [.. keys.Where(_sessions.ContainsKey).Select(key => _sessions[key])];
    }

    private SessionRequest Request(string? engineHost, string? context) => new()
    {
        EngineHost = engineHost,
        Context = context,
        EngineTimeout = EngineTimeout,
        Environment = HostEnvironment.Variables(),
        HomeDirectory = HostEnvironment.Home,
        IsWindows = HostEnvironment.IsWindows,
        Now = DateTime.UtcNow,
        Logins = RegistryLogins,
    };

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            foreach (var session in _sessions.Values)
                session.Dispose();
            _sessions.Clear();
        }

        base.Dispose(disposing);
    }
}
