using System.Text.Json;
using Compose.Model.Config;
using Compose.Tests.Support;

namespace Compose.Tests.Model;

/// <summary>The config output of files whose variables are kept: nothing is lost.</summary>
public class KeptVariablesTests
{
    [Fact]
    public void Items_that_are_still_text_are_different_items()
    {
        var web = Printed("""
            services:
              web:
                image: i
                ports: ["80:80", "${A:-81}:81", "${B}:82", "${B}:82"]
                volumes: ["${PWD}/a:/a", "${PWD}/b:/b:ro"]
                secrets: ["${ONE}", "${TWO}"]
                configs: ["${ONE}", "${TWO}"]
                devices: ["${D}:/a", "${D}:/b"]
            """);

        Assert.Equal((3, 2, 2, 2, 2), (Count("ports"), Count("volumes"), Count("secrets"), Count("configs"), Count("devices")));

        int Count(string name) => web.GetProperty(name).GetArrayLength();
    }

    [Fact]
    public void A_name_may_still_be_a_variable() =>
        Assert.Equal(
            "service_started", Printed("services: {web: {image: i, depends_on: {'${DB}': {condition: service_started}}}}")
            .GetProperty("depends_on").GetProperty("${DB}").GetProperty("condition").GetString());

    private static JsonElement Printed(string yaml)
    {
        var project = LoadedFiles.Load(
            [yaml], new Dictionary<string, string>(), request => request with { Interpolation = false }).Project!;
        return JsonSerializer.Deserialize<JsonElement>(ConfigWriter.ToJson(project)).GetProperty("services").GetProperty("web");
    }
}
