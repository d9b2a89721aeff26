using System.Management.Automation;
using Compose.Execute;
using Compose.Images;

namespace Compose.Module.Common;

/// <summary>A cmdlet that speaks to engines: one session each, kept for the whole pipeline.</summary>
public abstract class EngineCommand : PathCommand
{
    private readonly Dictionary<string, ProjectSession> _sessions = new(StringComparer.Ordinal);

    /// <summary>The docker context that names the engine.</summary>
    [Parameter]
    public string? Context { get; set; }

    /// <summary>The engine's endpoint: unix:///path, npipe:////./pipe/name or tcp://host:port.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public string? EngineHost { get; set; }

    /// <summary>The logins the user passed, by registry.</summary>
    private protected virtual IReadOnlyDictionary<string, RegistryLogin> RegistryLogins => new Dictionary<string, RegistryLogin>();

    /// <summary>The session of an engine, or null with the error written.</summary>
    private protected ProjectSession? Session(string? engineHost)
    {
        var key = engineHost ?? "";
        if (_sessions.TryGetValue(key, out var known))
            return known;
        var request = new SessionRequest
        {
            EngineHost = engineHost,
            Context = Context,
            Environment = HostEnvironment.Variables(),
            HomeDirectory = HostEnvironment.Home,
            IsWindows = HostEnvironment.IsWindows,
            Now = DateTime.UtcNow,
            Logins = RegistryLogins,
        };
        if (TryRun((_, cancellationToken) => ProjectSession.ConnectAsync(request, cancellationToken)) is not { } session)
            return null;
        return _sessions[key] = session;
    }

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
