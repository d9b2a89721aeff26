namespace Compose.Tests.Support;

/// <summary>A test of what Windows has not: scripts that are programs, file modes. Skipped there.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class UnixTheoryAttribute : TheoryAttribute
{
    public UnixTheoryAttribute(string reason = "A script is no program on Windows.") =>
        Skip = Path.DirectorySeparatorChar == '/' ? null : reason;
}
