namespace Compose.State;

/// <summary>The versions at work.</summary>
public sealed record ComposeVersion
{
    /// <summary>The engine's endpoint; null if no engine answers.</summary>
    public string? EngineHost { get; init; }

    /// <summary>This module's version.</summary>
    public required string Module { get; init; }

    /// <summary>The docker compose release whose names, labels and hashes new projects have.</summary>
    public required string Compose { get; init; }

    /// <summary>The engine's version. Like the properties below it is null if no engine answers.</summary>
    public string? Engine { get; init; }

    /// <summary>The negotiated version of the Engine API.</summary>
    public string? Api { get; init; }

    /// <summary>The newest and the oldest API version that the engine supports.</summary>
    public string? EngineApi { get; init; }
    public string? EngineMinApi { get; init; }

    /// <summary>The engine's os/architecture.</summary>
    public string? Platform { get; init; }

    /// <summary>The default of <see cref="Compose"/>.</summary>
    internal const string Rules = ComposeLabels.CompatibleVersion;

    /// <inheritdoc/>
    public override string ToString() => Module;
}
