using System.Text;
using System.Text.Json;
using Compose.Files.Reading;

namespace Compose.Model.Loading;

/// <summary>Reads the seccomp profiles that a service names as files, because the engine takes their content.</summary>
internal static class SecurityProfiles
{
    /// <summary>The file of a security option <c>seccomp=FILE</c> or <c>seccomp:FILE</c>, or null.</summary>
    public static string? FileOf(string option)
    {
        var at = option.IndexOfAny(['=', ':']);
        return at > 0 && option.Substring(0, at) == "seccomp" && option.Substring(at + 1) is not ("unconfined" or "builtin")
            ? option.Substring(at + 1)
            : null;
    }

    /// <summary>
    /// The content of each file without white space, by the file's name in the option. A file that is missing or not JSON is left
    /// out.
    /// </summary>
    public static IReadOnlyDictionary<string, string> Read(IReadOnlyList<string> options, string workingDirectory)
    {
        var profiles = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var name in options.Select(FileOf).OfType<string>())
        {
            if (FullPath.Of(workingDirectory, name) is { } path && File.Exists(path)
                && SourceFile.TryRead(path, out _) is { } read && Compact(read) is { } text)
                profiles[name] = text;
        }

        return profiles;
    }

    /// <summary>Removes white space between tokens; null if the text is not JSON. Numbers and strings stay as written.</summary>
    private static string? Compact(string json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
        }
        catch (JsonException)
        {
            return null;
        }

        var text = new StringBuilder(json.Length);
        var quoted = false;
        for (var index = 0; index < json.Length; index++)
        {
            if (json[index] == '"')
                quoted = !quoted;
            else if (quoted && json[index] == '\\')
                text.Append(json[index++]);
            if (quoted || !char.IsWhiteSpace(json[index]))
                text.Append(json[index]);
        }

        return text.ToString();
    }
}
