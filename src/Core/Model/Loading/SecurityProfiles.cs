using System.Text;
using System.Text.Json;
using Compose.Files.Reading;

namespace Compose.Model.Loading;

/// <summary>The seccomp profiles a service names as files: the engine takes their text, not their path.</summary>
internal static class SecurityProfiles
{
    /// <summary>The file a security option names (<c>seccomp=FILE</c>, or with a colon), or null.</summary>
    public static string? FileOf(string option)
    {
        var at = option.IndexOfAny(['=', ':']);
        return at > 0 && option.Substring(0, at) == "seccomp" && option.Substring(at + 1) is not ("unconfined" or "builtin")
            ? option.Substring(at + 1)
            : null;
    }

    /// <summary>
    /// The text of each file without white space, by the name it was given; a file that is absent or no JSON is left out.
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

    /// <summary>Takes white space out and leaves each value as it is written; null for what is no JSON.</summary>
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
