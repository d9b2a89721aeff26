namespace Compose.State;

/// <summary>The versions at work.</summary>
public sealed record ComposeVersion
{
    /// <summary>The engine's endpoint; null where none answers.</summary>
    public string? EngineHost { get; init; }

    /// <summary>This module's version.</summary>
    public required string Module { get; init; }

    /// <summary>The release of docker compose whose rules new projects follow.</summary>
    public required string Compose { get; init; }

    /// <summary>The engine's version; null where none answers, as for all that follows.</summary>
    public string? Engine { get; init; }

    /// <summary>The version of the Engine API both sides speak.</summary>
    public string? Api { get; init; }

    /// <summary>The newest the engine speaks, and the oldest.</summary>
    public string? EngineApi { get; init; }
    public string? EngineMinApi { get; init; }

    /// <summary>os/architecture of the engine.</summary>
    public string? Platform { get; init; }

    /// <summary>The release of docker compose whose rules new projects follow.</summary>
    internal const string Rules = ComposeLabels.CompatibleVersion;

    /// <inheritdoc/>
    public override string ToString() => Module;
}
