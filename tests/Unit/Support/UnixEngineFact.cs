namespace Compose.Tests.Support;

/// <summary>An engine test that compares file modes. Skipped on Windows, which has none.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class UnixEngineFactAttribute : FactAttribute
{
    public UnixEngineFactAttribute() =>
        Skip = Path.DirectorySeparatorChar == '/' ? TestEngine.Absence : "Files have no modes on Windows.";
}
