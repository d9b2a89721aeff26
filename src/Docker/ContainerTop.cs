namespace Compose.Engine.Dto;

/// <summary>A container's processes, as ps on the engine's machine lists them.</summary>
internal sealed record ContainerTop(IReadOnlyList<string> Titles, IReadOnlyList<IReadOnlyList<string>>? Processes);
