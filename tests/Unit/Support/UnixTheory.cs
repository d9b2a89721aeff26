namespace Compose.Tests.Support;

/// <summary>A test of Unix features, such as executable scripts and file modes. Skipped on Windows.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class UnixTheoryAttribute : TheoryAttribute
{
    public UnixTheoryAttribute(string reason = "A script is no program on Windows.") =>
        Skip = Path.DirectorySeparatorChar == '/' ? null : reason;
}
