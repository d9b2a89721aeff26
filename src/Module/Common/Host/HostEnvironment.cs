using System.Collections;
using System.Runtime.InteropServices;

namespace Compose.Module.Common.Host;

/// <summary>Reads the values of this process that Core gets as parameters, because it must not read them itself.</summary>
internal static class HostEnvironment
{
    public static bool IsWindows { get; } = Path.DirectorySeparatorChar == '\\';

    public static string Home => Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);

    /// <summary>The directory of docker compose's runtime files, such as the locks of watch.</summary>
    public static string RuntimeDirectory =>
        Environment.GetEnvironmentVariable("XDG_RUNTIME_DIR") is { Length: > 0 } runtime ? runtime
        : IsWindows ? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData), "docker-compose")
        : RuntimeInformation.IsOSPlatform(OSPlatform.OSX) ? Path.Combine(
            Home, "Library", "Application Support", "com.docker.compose")
        : Path.Combine(Home, ".docker", "docker-compose");

    /// <summary>
    /// Removes the byte order mark from the console's input encoding. On .NET Framework a child process's input would begin
    /// with it, and ssh and credential helpers do not expect it.
    /// </summary>
    public static void KeepChildInputClean()
    {
#if !NET
        if (Console.InputEncoding is { CodePage: 65001 } encoding && encoding.GetPreamble().Length > 0)
            Console.InputEncoding = new System.Text.UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
#endif
    }

    public static IReadOnlyDictionary<string, string> Variables()
    {
        var variables = new Dictionary<string, string>(IsWindows ? StringComparer.OrdinalIgnoreCase : StringComparer.Ordinal);
        foreach (DictionaryEntry variable in Environment.GetEnvironmentVariables())
            variables[(string)variable.Key] = (string?)variable.Value ?? "";
        return variables;
    }
}
