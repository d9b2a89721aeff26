namespace Compose.Model;

/// <summary>The result of a load: all diagnostics, and the project unless one of them is an error.</summary>
internal sealed record LoadResult(ComposeProject? Project, IReadOnlyList<Files.Diagnostic> Diagnostics);
