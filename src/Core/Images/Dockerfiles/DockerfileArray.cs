using System.Text.Json;

namespace Compose.Images.Dockerfiles;

/// <summary>The JSON form of an instruction's words.</summary>
internal static class DockerfileArray
{
    /// <summary>The words; null where it is no JSON array, which makes it plain words.</summary>
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
