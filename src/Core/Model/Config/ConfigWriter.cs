using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Compose.Model.Config;

/// <summary>The resolved project as <c>docker compose config</c> prints it.</summary>
internal static class ConfigWriter
{
    /// <summary>Deeper than any file that can be read.</summary>
    public const int MaxDepth = 4_000;
    private static readonly JsonWriterOptions Compact = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        MaxDepth = MaxDepth,
    };

    /// <summary>
    /// As JSON. A literal dollar sign is doubled, so that it can be loaded again; one that begins a variable is not.
    /// </summary>
    public static string ToJson(ComposeProject project) => JsonIndent.Of(ToJson(project, ConfigForm.Print));

    private static string ToJson(ComposeProject project, ConfigForm form) => project.HasVariables
        ? Escape(Write(Compact, json => json.Section(() => new TemplateJson(json).Write(project))))
        : Escape(Write(Compact, json => json.Section(() => new ProjectJson(json, form).Write(project)))).Replace("$", "$$");

    /// <summary>As YAML.</summary>
    public static string ToYaml(ComposeProject project)
    {
        using var document = JsonDocument.Parse(
            ToJson(project, ConfigForm.PrintYaml), new JsonDocumentOptions { MaxDepth = MaxDepth });
        return ConfigYaml.Write(document.RootElement, project.Tree);
    }

    /// <summary>As compact JSON, a dollar sign as it is.</summary>
    public static string Compacted(ComposeProject project) =>
        Compacted(json => new ProjectJson(json, ConfigForm.Print).Write(project));

    /// <summary>One JSON object, compact, as Go writes it: the input of a hash.</summary>
    public static string Compacted(Action<Utf8JsonWriter> write) =>
        Escape(Write(Compact, json => json.Section(() => write(json))));

    private static string Write(JsonWriterOptions options, Action<Utf8JsonWriter> write)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, options))
            write(json);
        return Encoding.UTF8.GetString(stream.ToArray());
    }

    /// <summary>Go writes the three characters that mean something to HTML as escapes.</summary>
    private static string Escape(string json) => json.Replace("<", "\\u003c").Replace(">", "\\u003e").Replace("&", "\\u0026");
}
