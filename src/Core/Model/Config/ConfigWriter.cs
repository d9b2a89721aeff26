using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Compose.Model.Config;

/// <summary>Writes a resolved project as <c>docker compose config</c> prints it.</summary>
internal static class ConfigWriter
{
    /// <summary>More levels than the YAML reader accepts, so that any project can be written.</summary>
    public const int MaxDepth = 4_000;
    private static readonly JsonWriterOptions Compact = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        MaxDepth = MaxDepth,
    };

    /// <summary>
    /// Writes indented JSON. Literal dollar signs are doubled, so that the output can be loaded again; those of variables that
    /// were not interpolated are not.
    /// </summary>
    public static string ToJson(ComposeProject project) => JsonIndent.Of(ToJson(project, ConfigForm.Print));

    private static string ToJson(ComposeProject project, ConfigForm form) => project.HasVariables
        ? Escape(Write(Compact, json => json.Section(() => new UninterpolatedJson(json).Write(project))))
        : Escape(Write(Compact, json => json.Section(() => new ProjectJson(json, form).Write(project)))).Replace("$", "$$");

    /// <summary>Writes YAML, with dollar signs as in JSON.</summary>
    public static string ToYaml(ComposeProject project)
    {
        using var document = JsonDocument.Parse(
            ToJson(project, ConfigForm.PrintYaml), new JsonDocumentOptions { MaxDepth = MaxDepth });
        return ConfigYaml.Write(document.RootElement, project.Tree);
    }

    /// <summary>Writes compact JSON, without doubled dollar signs.</summary>
    public static string Compacted(ComposeProject project) =>
        Compacted(json => new ProjectJson(json, ConfigForm.Print).Write(project));

    /// <summary>Writes a JSON object as Go's encoder does: the input of a hash.</summary>
    public static string Compacted(Action<Utf8JsonWriter> write) =>
        Escape(Write(Compact, json => json.Section(() => write(json))));

    private static string Write(JsonWriterOptions options, Action<Utf8JsonWriter> write)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, options))
            write(json);
        return Encoding.UTF8.GetString(stream.ToArray());
    }

    /// <summary>Escapes &lt;, &gt; and &amp;, as Go's encoder does.</summary>
    private static string Escape(string json) => json.Replace("<", "\\u003c").Replace(">", "\\u003e").Replace("&", "\\u0026");
}
