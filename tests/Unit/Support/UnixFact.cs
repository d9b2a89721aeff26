namespace Compose.Tests.Support;

/// <summary>A test of what Windows has not: named pipes in directories, links without a privilege. Skipped there.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class UnixFactAttribute : FactAttribute
{
    /// <summary>The code under test is the same everywhere, and Wine cannot be relied on for it.</summary>
    public const string Stalls = "Under Wine a connection now and then stands still.";

    public UnixFactAttribute(string reason = "Windows has no such files.") =>
        Skip = Path.DirectorySeparatorChar == '/' ? null : reason;
}
