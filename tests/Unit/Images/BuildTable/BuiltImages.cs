using System.Formats.Tar;
using System.Globalization;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Compose.Tests.Support;

namespace Compose.Tests.Images.BuildTable;

/// <summary>Images as text: their config, and the files in the layers above busybox.</summary>
internal static class BuiltImages
{
    private const string Base = "busybox:latest";
    private static readonly string[] Fields =
    [
        "User", "ExposedPorts", "Env", "Entrypoint", "Cmd", "WorkingDir", "Volumes", "Labels", "OnBuild", "StopSignal",
        "Healthcheck", "Shell", "ArgsEscaped",
    ];

    /// <summary>By image.</summary>
    public static async Task<IReadOnlyDictionary<string, string>> ReadAsync(IEnumerable<string> images)
    {
        var folder = Directory.CreateTempSubdirectory("saved");
        try
        {
            await SaveAsync(images.Select(image => image + ":latest").Append(Base), folder.FullName);
            using var manifest = JsonDocument.Parse(await File.ReadAllTextAsync(Path.Combine(folder.FullName, "manifest.json")));
            var saved = manifest.RootElement.EnumerateArray().ToList();
            var below = LayersOf(folder.FullName, saved.First(image => TagsOf(image).Contains(Base)));
            return (from image in saved
                    from tag in TagsOf(image)
                    where tag != Base
                    select (
                        Name: tag.Replace(":latest", "", StringComparison.Ordinal),
                        Text: Describe(folder.FullName, image, below)))
                .ToDictionary(image => image.Name, image => image.Text, StringComparer.Ordinal);
        }
        finally
        {
            folder.Delete(true);
        }
    }

    private static async Task SaveAsync(IEnumerable<string> images, string folder)
    {
        using var handler = new SocketsHttpHandler
        {
            ConnectCallback = async (_, cancellationToken) => await TestEngine.DialAsync(cancellationToken),
        };
        using var client = new HttpClient(handler);
        using var answer = await client.GetAsync(
            new Uri(
                "http://engine/images/get?" + string.Join("&", images.Select(image => "names=" + Uri.EscapeDataString(image)))),
                HttpCompletionOption.ResponseHeadersRead);
        Assert.True(answer.IsSuccessStatusCode, answer.IsSuccessStatusCode ? "" : await answer.Content.ReadAsStringAsync());
        await using var archive = await answer.Content.ReadAsStreamAsync();
        await TarFile.ExtractToDirectoryAsync(archive, folder, overwriteFiles: true);
    }

    private static IEnumerable<string> TagsOf(JsonElement image) =>
        image.GetProperty("RepoTags") is { ValueKind: JsonValueKind.Array } tags
            ? tags.EnumerateArray().Select(tag => tag.GetString()!)
            : [];

    private static JsonElement ConfigOf(string folder, JsonElement image) =>
        JsonDocument.Parse(File.ReadAllText(Path.Combine(folder, image.GetProperty("Config").GetString()!))).RootElement;

    private static List<string> LayersOf(string folder, JsonElement image) =>
        ConfigOf(folder, image).GetProperty("rootfs").TryGetProperty("diff_ids", out var ids)
            && ids.ValueKind == JsonValueKind.Array
            ? [.. ids.EnumerateArray().Select(id => id.GetString()!)]
            : [];

    private static string Describe(string folder, JsonElement image, List<string> below)
    {
        var root = ConfigOf(folder, image);
        var config = root.GetProperty("config");
        var text = new StringBuilder();
        foreach (var field in Fields.Where(field =>
            config.TryGetProperty(field, out var value) && value.ValueKind != JsonValueKind.Null))
        {
            var value = config.GetProperty(field);
            var shown = value.ValueKind == JsonValueKind.Object && field == "Labels"
                ? string.Join(
                    " ",
                    value.EnumerateObject()
                        .Where(label => !label.Name.StartsWith("com.docker.compose.", StringComparison.Ordinal))
                        .Select(label => $"{label.Name}={label.Value}")
                        .Order(StringComparer.Ordinal))
                : JsonSerializer.Serialize(value);
            if (shown is not ("" or "\"\"" or "[]" or "{}"))
                text.Append(CultureInfo.InvariantCulture, $"{field} {shown}\n");
        }

        if (root.TryGetProperty("author", out var author) && author.GetString() is { Length: > 0 } name)
            text.Append(CultureInfo.InvariantCulture, $"author {name}\n");
        var layers = LayersOf(folder, image);
        var skipped = layers.Take(below.Count).SequenceEqual(below) ? below.Count : 0;
        var files = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var layer in image.GetProperty("Layers").EnumerateArray().Skip(skipped))
            ReadLayer(Path.Combine(folder, layer.GetString()!), files);
        foreach (var file in files)
            text.Append(CultureInfo.InvariantCulture, $"{file.Key} {file.Value}\n");
        return text.ToString();
    }

    private static void ReadLayer(string file, SortedDictionary<string, string> files)
    {
        using var raw = File.OpenRead(file);
        var packed = raw.ReadByte() == 0x1F;
        raw.Position = 0;
        using Stream stream = packed ? new GZipStream(raw, CompressionMode.Decompress) : raw;
        using var tar = new TarReader(stream);
        while (tar.GetNextEntry() is { } entry)
        {
            var content = entry.DataStream is { } data ? Convert.ToHexString(SHA256.HashData(data))[..12] : "-";
            var path = "/" + entry.Name.TrimEnd('/');
            files[path] = string.Create(
                CultureInfo.InvariantCulture,
                $"{entry.EntryType} {Convert.ToString((int)entry.Mode, 8)} {entry.Uid}:{entry.Gid} {entry.Length} {content} "
                    + $"{entry.LinkName}")
                    .TrimEnd();
        }
    }
}
