namespace Compose.Engine.Dto;

/// <summary>The used part of the answer to GET /info.</summary>
internal sealed record InfoResponse(string SystemTime, string? CgroupVersion = null);

/// <summary>The engine's version, API versions and platform.</summary>
internal sealed record VersionResponse
{
    public string Version { get; init; } = "";
    public string ApiVersion { get; init; } = "";
    public string? MinAPIVersion { get; init; }
    public string? Os { get; init; }
    public string? Arch { get; init; }
}
