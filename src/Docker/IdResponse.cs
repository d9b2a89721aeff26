namespace Compose.Engine.Dto;

/// <summary>The id of what was created.</summary>
internal sealed record IdResponse(string Id);
