using System.Text.Encodings.Web;
using System.Text.Json;
using Compose.Files;
using Compose.Model;
using Compose.Model.Config;
using Compose.Model.Loading;

namespace Compose.CoreRunner.Commands;

/// <summary>
/// <c>config --batch</c>: reads one JSON request per line and writes one JSON response per line, in order. A request has the
/// whole environment of its case; this process's environment is not used.
/// </summary>
internal static class BatchConfig
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static int Run(TextReader input, TextWriter output)
    {
        while (input.ReadLine() is { } line)
        {
            if (line.Trim().Length == 0)
                continue;
            output.WriteLine(Answer(line));
            output.Flush();
        }

        return 0;
    }

    private static string Answer(string line)
    {
        using var document = JsonDocument.Parse(line);
        var request = document.RootElement;
        var id = request.GetProperty("id").GetString()!;
        var result = ProjectLoader.Load(LoadRequest(request));
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, Options))
            Write(json, id, result);
        return System.Text.Encoding.UTF8.GetString(stream.ToArray());
    }

    private static LoadRequest LoadRequest(JsonElement request)
    {
        var files = Texts(request, "files");
        var directory = request.TryGetProperty("projectDirectory", out var given) && given.GetString() is { Length: > 0 } asked
            ? asked
            : Path.GetDirectoryName(files[0])!;
        return new LoadRequest
        {
            WorkingDirectory = directory,
            ProjectDirectory = directory,
            Paths = files,
            ProjectName = request.TryGetProperty("projectName", out var name) ? name.GetString() : null,
            Profiles = Texts(request, "profiles"),
            Environment = request.TryGetProperty("env", out var env)
                ? env.EnumerateObject().ToDictionary(variable => variable.Name, variable => variable.Value.GetString() ?? "")
                : new Dictionary<string, string>(),
            Consistency = !request.TryGetProperty("consistency", out var consistency) || consistency.GetBoolean(),
        };
    }

    private static void Write(Utf8JsonWriter json, string id, LoadResult result)
    {
        json.WriteStartObject();
        json.WriteString("id", id);
        json.WriteBoolean("ok", result.Project is not null);
        if (result.Project is { } project)
        {
            json.WritePropertyName("config");
            using var config = JsonDocument.Parse(ConfigWriter.ToJson(project));
            config.RootElement.WriteTo(json);
        }
        else
        {
            json.WriteStartArray("errors");
            foreach (var diagnostic in result.Diagnostics.Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error))
                WriteError(json, diagnostic);
            json.WriteEndArray();
        }

        json.WriteEndObject();
    }

    private static void WriteError(Utf8JsonWriter json, Diagnostic diagnostic)
    {
        json.WriteStartObject();
        json.WriteString("id", diagnostic.Id);
        json.WriteString("message", diagnostic.Message);
        json.WriteString("file", diagnostic.File);
        json.WriteNumber("line", diagnostic.Line);
        json.WriteNumber("column", diagnostic.Column);
        json.WriteEndObject();
    }

    private static IReadOnlyList<string> Texts(JsonElement request, string name) =>
        request.TryGetProperty(name, out var list) ? [.. list.EnumerateArray().Select(item => item.GetString()!)] : [];
}
