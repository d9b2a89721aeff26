namespace Compose.Tests.Support;

/// <summary>
/// A test with the reference data of COMPOSE_SHARED. Skipped without it, or without python3.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class SharedFactAttribute : FactAttribute
{
    public SharedFactAttribute() => Skip =
        SharedData.Folder is null ? "COMPOSE_SHARED names no reference data."
        : SharedData.HasPython ? null : "There is no python3 to compare with.";
}

/// <summary>The location of the reference data.</summary>
internal static class SharedData
{
    public static readonly string? Folder = Environment.GetEnvironmentVariable("COMPOSE_SHARED") is { Length: > 0 } folder
        && Directory.Exists(folder)
        ? folder
        : null;

    public static readonly bool HasPython = (Environment.GetEnvironmentVariable("PATH") ?? "")
        .Split(Path.PathSeparator)
        .Any(folder => File.Exists(Path.Combine(folder, "python3")));
}
