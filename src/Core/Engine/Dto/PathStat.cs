using System.Text.Json.Serialization;

namespace Compose.Engine.Dto;

/// <summary>The type, size and mode of a path in a container, from the header X-Docker-Container-Path-Stat.</summary>
internal sealed record PathStat
{
    private const uint Directory = 1u << 31;
    private const uint SymbolicLink = 1u << 27;
    private const uint Special = (1u << 26) | (1u << 25) | (1u << 24) | (1u << 21) | (1u << 19);

    [JsonPropertyName("name")] public string Name { get; init; } = "";
    [JsonPropertyName("size")] public long Size { get; init; }

    /// <summary>A Go FileMode: the file type in the high bits, the permissions in the low bits.</summary>
    [JsonPropertyName("mode")] public uint Mode { get; init; }
    [JsonPropertyName("linkTarget")] public string LinkTarget { get; init; } = "";

    [JsonIgnore] public bool IsDirectory => (Mode & Directory) != 0;
    [JsonIgnore] public bool IsLink => (Mode & SymbolicLink) != 0;

    /// <summary>A device, a pipe or a socket.</summary>
    [JsonIgnore] public bool IsSpecial => (Mode & Special) != 0;
}
