namespace Compose.Model;

/// <summary>What loading gave: the project, unless a diagnostic is an error, and all that was found.</summary>
internal sealed record LoadResult(ComposeProject? Project, IReadOnlyList<Files.Diagnostic> Diagnostics);
