namespace Compose.Engine.Dto;

/// <summary>The id of a new object, as create requests return it.</summary>
internal sealed record IdResponse(string Id);
