namespace Compose.Tests.Support;

/// <summary>A test of what Windows has not: named pipes in directories, links without a privilege. Skipped there.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class UnixFactAttribute : FactAttribute
{
    public UnixFactAttribute() => Skip = Path.DirectorySeparatorChar == '/' ? null : "Windows has no such files.";
}
