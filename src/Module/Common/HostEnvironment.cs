using System.Collections;

namespace Compose.Module.Common;

/// <summary>What the core takes as values, read from this process.</summary>
internal static class HostEnvironment
{
    public static bool IsWindows { get; } = Path.DirectorySeparatorChar == '\\';

    public static string Home => Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);

    public static IReadOnlyDictionary<string, string> Variables()
    {
        var variables = new Dictionary<string, string>(IsWindows ? StringComparer.OrdinalIgnoreCase : StringComparer.Ordinal);
        foreach (DictionaryEntry variable in Environment.GetEnvironmentVariables())
            variables[(string)variable.Key] = (string?)variable.Value ?? "";
        return variables;
    }
}
