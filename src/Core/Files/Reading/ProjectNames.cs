using System.Text;

namespace Compose.Files.Reading;

/// <summary>The rules for project names.</summary>
internal static class ProjectNames
{
    public const string Rule =
        "A project's name has lowercase letters, digits, hyphens and underscores, and starts with a letter or a digit.";

    /// <summary>A valid project name from any text: lowercase, without characters that names cannot have.</summary>
    public static string Normalize(string text)
    {
        var name = new StringBuilder(text.Length);
        foreach (var character in text.ToLowerInvariant())
        {
            if (character is (>= 'a' and <= 'z') or (>= '0' and <= '9') or '_' or '-')
                name.Append(character);
        }

        return name.ToString().TrimStart('_', '-');
    }

    public static bool IsValid(string name) => name.Length > 0 && Normalize(name) == name;
}
