namespace Compose.Tests.Support;

/// <summary>
/// A test of Unix features, such as named pipes in directories and links without a privilege. Skipped on Windows.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class UnixFactAttribute : FactAttribute
{
    /// <summary>The reason for tests that are unreliable under Wine. Their code is the same on all systems.</summary>
    public const string Stalls = "Under Wine a connection now and then stands still.";

    public UnixFactAttribute(string reason = "Windows has no such files.") =>
        Skip = Path.DirectorySeparatorChar == '/' ? null : reason;
}
