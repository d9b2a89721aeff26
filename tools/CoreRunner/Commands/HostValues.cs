using System.Collections;
using Compose.Files;

namespace Compose.CoreRunner.Commands;

/// <summary>What the core takes as values, read from this process.</summary>
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
