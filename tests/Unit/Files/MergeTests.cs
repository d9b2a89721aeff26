using System.Text.Json;
using Compose.Model.Config;
using Compose.Tests.Support;

namespace Compose.Tests.Files;

/// <summary>How a later file changes an earlier one.</summary>
public sealed class MergeTests
{
    [Theory]
    [InlineData("command: one", "command: two", "command", "two")]
    [InlineData("environment: {A: 1, B: 1}", "environment: [B=2, C=3]", "environment", "A=1,B=2,C=3")]
    [InlineData("labels: [a=1]", "labels: {b: 2}", "labels", "a=1,b=2")]
    [InlineData("depends_on: [x]", "depends_on: {y: {condition: service_healthy}}", "depends_on", "x,y")]
    [InlineData("ports: ['80:80']", "ports: ['8080:80', '80:80']", "ports", "80,8080")]
    [InlineData("volumes: ['/a:/t', '/b:/u']", "volumes: ['/c:/t']", "volumes", "/c,/b")]
    [InlineData("cap_add: [A, B]", "cap_add: [B, C]", "cap_add", "A,B,C")]
    [InlineData("networks: [n]", "networks: {m: {aliases: [q]}}", "networks", "m,n")]
    [InlineData("logging: {driver: json-file, options: {a: '1'}}", "logging: {driver: local}", "logging", "driver=local")]
    [InlineData("logging: {driver: local, options: {a: '1'}}", "logging: {options: {b: '2'}}", "logging", "driver=local,options")]
    [InlineData("ports: ['80:80']", "ports: !reset []", "ports", null)]
    [InlineData("ports: ['80:80']", "ports: !override ['90:90']", "ports", "90")]
    [InlineData("environment: {A: 1, B: 1}", "environment: {A: !reset null}", "environment", "B=1")]
    [InlineData("ports: ['80:80']", "ports: []", "ports", "80")]
    [InlineData("hostname: a", "hostname:", "hostname", "a")]
    [InlineData("healthcheck: {test: a, retries: 3}", "healthcheck: {test: [CMD, b]}", "healthcheck.test", "CMD,b")]
    public void The_rule_of_the_attribute_decides(string earlier, string later, string path, string? expected)
    {
        var project = LoadedFiles.Load(File(earlier), File(later)).Project;

        Assert.NotNull(project);
        using var config = JsonDocument.Parse(ConfigWriter.ToJson(project));
        Assert.Equal(expected, Text(config.RootElement.GetProperty("services").GetProperty("s"), path));
    }

    /// <summary>A file whose service <c>s</c> has an attribute; <c>s</c> can depend on the other services.</summary>
    private static string File(string attribute) => $$"""
        services:
          s:
            image: i
            {{attribute}}
          x: {image: i}
          y: {image: i}
        networks: {n: , m: }
        """;

    /// <summary>
    /// The value at a path of the config output; the items of a list or mapping are joined by commas. Null if there is none.
    /// </summary>
    private static string? Text(JsonElement element, string path)
    {
        foreach (var part in path.Split('.'))
        {
            if (!element.TryGetProperty(part, out element))
                return null;
        }

        return element.ValueKind switch
        {
            JsonValueKind.Array => string.Join(",", element.EnumerateArray().Select(Item)),
            JsonValueKind.Object => string.Join(",", element.EnumerateObject().Select(Member)),
            _ => element.ToString(),
        };
    }

    private static string Member(JsonProperty member) =>
        member.Value.ValueKind == JsonValueKind.String ? $"{member.Name}={member.Value}" : member.Name;

    /// <summary>For a port its published port, for a mount its source.</summary>
    private static string Item(JsonElement item) =>
        item.ValueKind != JsonValueKind.Object ? item.ToString()
        : item.TryGetProperty("published", out var port) ? port.ToString()
        : item.GetProperty("source").ToString();
}
