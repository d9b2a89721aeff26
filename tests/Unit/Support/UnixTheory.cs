namespace Compose.Tests.Support;

/// <summary>A test of what Windows has not: scripts that are programs, file modes. Skipped there.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class UnixTheoryAttribute : TheoryAttribute
{
    public UnixTheoryAttribute() => Skip = Path.DirectorySeparatorChar == '/' ? null : "A script is no program on Windows.";
}
