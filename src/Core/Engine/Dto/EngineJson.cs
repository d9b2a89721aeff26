using System.Text.Json.Serialization;

namespace Compose.Engine.Dto;

/// <summary>The source-generated serializer of the API's records.</summary>
[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(CreateContainerRequest))]
[JsonSerializable(typeof(CreateContainerResponse))]
[JsonSerializable(typeof(ContainerSummary[]))]
[JsonSerializable(typeof(ContainerInspect))]
[JsonSerializable(typeof(WaitResponse))]
[JsonSerializable(typeof(ExecStartRequest))]
[JsonSerializable(typeof(IdResponse))]
[JsonSerializable(typeof(MessageResponse))]
[JsonSerializable(typeof(NetworkResource))]
[JsonSerializable(typeof(ProgressMessage))]
[JsonSerializable(typeof(EngineEvent))]
[JsonSerializable(typeof(StatsSample))]
[JsonSerializable(typeof(DistributionInspect))]
[JsonSerializable(typeof(PathStat))]
[JsonSerializable(typeof(Dictionary<string, string[]>))]
[JsonSerializable(typeof(Dictionary<string, string>))]
internal sealed partial class EngineJson : JsonSerializerContext;
