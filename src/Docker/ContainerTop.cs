namespace Compose.Engine.Dto;

/// <summary>The processes of a container: the output of ps on the engine's host.</summary>
internal sealed record ContainerTop(IReadOnlyList<string> Titles, IReadOnlyList<IReadOnlyList<string>>? Processes);
