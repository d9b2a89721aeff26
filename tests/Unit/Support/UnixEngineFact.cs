namespace Compose.Tests.Support;

/// <summary>A test on an engine that compares the modes of files it sends, which Windows has not. Skipped there.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class UnixEngineFactAttribute : FactAttribute
{
    public UnixEngineFactAttribute() =>
        Skip = Path.DirectorySeparatorChar == '/' ? TestEngine.Absence : "Files have no modes on Windows.";
}
