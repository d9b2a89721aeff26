using System.Text.Json.Nodes;
using Compose.Tests.Support;

namespace Compose.Tests.Execute.Differences;

/// <summary>The raw inspect output of one project: all fields, including those that our own records leave out.</summary>
internal sealed class EngineInspect : IDisposable
{
    private readonly HttpClient _http = new(new SocketsHttpHandler
    {
        ConnectCallback = async (_, cancellationToken) => await TestEngine.DialAsync(cancellationToken),
    })
    { BaseAddress = new Uri("http://engine/") };

    /// <summary>Containers, networks and volumes of a project, each by name.</summary>
    public async Task<JsonObject> ProjectAsync(string project)
    {
        var filter = "filters=" + Uri.EscapeDataString($$"""{"label":["com.docker.compose.project={{project}}"]}""");
        var containers = await ListAsync($"containers/json?all=1&{filter}", "Id", "containers/{0}/json");
        var networks = await ListAsync($"networks?{filter}", "Id", "networks/{0}");
        var volumes = (await GetAsync($"volumes?{filter}"))["Volumes"] as JsonArray ?? [];
        return new JsonObject
        {
            ["containers"] = ByName(containers),
            ["networks"] = ByName(networks),
            ["volumes"] = ByName(volumes.Select(volume => volume!.DeepClone())),
        };
    }

    public void Dispose() => _http.Dispose();

    private async Task<IReadOnlyList<JsonNode>> ListAsync(string list, string id, string inspect)
    {
        var found = new List<JsonNode>();
        foreach (var item in (JsonArray)await GetAsync(list))
            found.Add(
                await GetAsync(string.Format(System.Globalization.CultureInfo.InvariantCulture, inspect, (string)item![id]!)));
        return found;
    }

    private static JsonObject ByName(IEnumerable<JsonNode> items) =>
        new(items.OrderBy(Name, StringComparer.Ordinal).Select(item => KeyValuePair.Create(Name(item), (JsonNode?)item)));

    private static string Name(JsonNode item) => ((string)item["Name"]!).TrimStart('/');

    private async Task<JsonNode> GetAsync(string path) => JsonNode.Parse(await _http.GetStringAsync(path))!;
}
