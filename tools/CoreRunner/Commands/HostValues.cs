using System.Collections;
using Compose.Files;

namespace Compose.CoreRunner.Commands;

/// <summary>Reads the values of this process that Core gets as parameters, because it must not read them itself.</summary>
internal static class HostValues
{
    public static IReadOnlyDictionary<string, string> Environment { get; } =
        System.Environment.GetEnvironmentVariables()
            .Cast<DictionaryEntry>()
            .ToDictionary(entry => (string)entry.Key, entry => (string?)entry.Value ?? "");

    public static string Home => System.Environment.GetFolderPath(System.Environment.SpecialFolder.UserProfile);

    public static bool Windows => OperatingSystem.IsWindows();

    public static LoadRequest LoadRequest(IReadOnlyList<string> files) => new()
    {
        WorkingDirectory = Directory.GetCurrentDirectory(),
        Environment = Environment,
        Paths = files,
        Windows = Windows,
        StandardInput = Console.OpenStandardInput,
    };
}
