using System.Text.Json;

namespace Compose.Images.Dockerfiles;

/// <summary>Reads the JSON form of an instruction's arguments.</summary>
internal static class DockerfileArray
{
    /// <summary>The arguments; null if the text is not a JSON array, and so plain words.</summary>
    public static IReadOnlyList<string>? Read(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            return [.. document.RootElement.EnumerateArray().Select(item => item.GetString()).OfType<string>()];
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            return null;
        }
    }
}
