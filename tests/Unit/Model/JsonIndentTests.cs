using System.Text.Json;
using Compose.Model.Config;

namespace Compose.Tests.Model;

/// <summary>JSON for people to read, the same on every system.</summary>
public class JsonIndentTests
{
    private static readonly JsonWriterOptions Indented = new()
    {
        Indented = true,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    [Theory]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("""{"a":1,"b":[true,null,-1.5e3],"c":{"d":{},"e":[]}}""")]
    [InlineData("""{"a":"{\"x\": [1, 2]}","b\\":"\\\"}"}""")]
    public void It_is_what_the_platform_writes(string compact)
    {
        using var document = JsonDocument.Parse(compact);
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream, Indented))
            document.WriteTo(writer);

        Assert.Equal(System.Text.Encoding.UTF8.GetString(stream.ToArray()).Replace("\r", ""), JsonIndent.Of(compact));
    }

    [Fact]
    public void Lines_end_alike_on_every_system() => Assert.Equal("{\n  \"a\": [\n    1\n  ]\n}", JsonIndent.Of("""{"a":[1]}"""));
}
