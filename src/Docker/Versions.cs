namespace Compose.Engine.Dto;

/// <summary>What an engine says of itself.</summary>
internal sealed record InfoResponse(string SystemTime, string? CgroupVersion = null);

/// <summary>An engine's releases.</summary>
internal sealed record VersionResponse
{
    public string Version { get; init; } = "";
    public string ApiVersion { get; init; } = "";
    public string? MinAPIVersion { get; init; }
    public string? Os { get; init; }
    public string? Arch { get; init; }
}
