namespace Compose.Engine.Dto;

/// <summary>A volume as the engine reports it.</summary>
internal sealed record VolumeResource
{
    public string Name { get; init; } = "";
    public string? Driver { get; init; }
    public string? Mountpoint { get; init; }
    public string? CreatedAt { get; init; }
    public IReadOnlyDictionary<string, string>? Options { get; init; }
    public IReadOnlyDictionary<string, string>? Labels { get; init; }
}

/// <summary>A volume to create. Null values are not sent.</summary>
internal sealed record CreateVolumeRequest
{
    public required string Name { get; init; }
    public string? Driver { get; init; }
    public IReadOnlyDictionary<string, string>? DriverOpts { get; init; }
    public IReadOnlyDictionary<string, string>? Labels { get; init; }
}
