using System.Text.Json;
using System.Text.Json.Serialization;

namespace Compose.Engine.Dto;

/// <summary>One line of the answer to a pull, push or build.</summary>
internal sealed record ProgressMessage
{
    [JsonPropertyName("id")] public string? Id { get; init; }
    [JsonPropertyName("status")] public string? Status { get; init; }
    [JsonPropertyName("stream")] public string? Stream { get; init; }
    [JsonPropertyName("progressDetail")] public ProgressDetail? Detail { get; init; }
    [JsonPropertyName("aux")] public JsonElement? Aux { get; init; }
    [JsonPropertyName("error")] public string? Error { get; init; }
    [JsonPropertyName("errorDetail")] public ErrorDetail? ErrorDetail { get; init; }
}

/// <summary>The bytes transferred so far and in total.</summary>
internal sealed record ProgressDetail
{
    [JsonPropertyName("current")] public long? Current { get; init; }
    [JsonPropertyName("total")] public long? Total { get; init; }
}

internal sealed record ErrorDetail
{
    [JsonPropertyName("code")] public int? Code { get; init; }
    [JsonPropertyName("message")] public string? Message { get; init; }
}

/// <summary>One line of the answer to GET /events.</summary>
internal sealed record EngineEvent
{
    public string Type { get; init; } = "";
    public string Action { get; init; } = "";
    public EventActor Actor { get; init; } = new();
    [JsonPropertyName("timeNano")] public long TimeNano { get; init; }
}

internal sealed record EventActor
{
    public string ID { get; init; } = "";
    public IReadOnlyDictionary<string, string>? Attributes { get; init; }
}
