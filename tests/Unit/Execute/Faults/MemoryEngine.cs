using System.Collections.Concurrent;
using System.Text;
using System.Text.Json.Nodes;
using System.Threading.Channels;

namespace Compose.Tests.Execute.Faults;

/// <summary>
/// An engine in memory, with the state that up, down and scale need; about a hundred times faster than a real one.
/// </summary>
internal sealed partial class MemoryEngine : IFaultBackend
{
    private const string Image = "sha256:eff9c095093f96c582f677b5c000e4a3411179ae81b92a15ab13304b58a73f59";
    private readonly object _lock = new();
    private readonly List<JsonObject> _containers = [];
    private readonly List<JsonObject> _networks = [];
    private readonly List<JsonObject> _volumes = [];
    private readonly List<string> _events = [];
    private readonly ConcurrentDictionary<Channel<string>, bool> _readers = new();
    private long _count;

    public MemoryEngine()
    {
        foreach (var name in new[] { "bridge", "host", "none" })
            _networks.Add(Network(new JsonObject { ["Name"] = name, ["Driver"] = name == "none" ? "null" : name }));
    }

    /// <summary>
    /// Its containers with their states, its networks and its named volumes, without the networks that every engine has.
    /// </summary>
    public string Inventory
    {
        get
        {
            lock (_lock)
            {
                var containers = _containers.Select(one =>
                    Text(one, "Name").TrimStart('/') + " " + Text(one["State"]!, "Status"));
                var networks = _networks.Select(one => Text(one, "Name"))
                    .Where(name => name is not ("bridge" or "host" or "none"));
                return string.Join(
                    ", ",
                    containers.Concat(networks)
                        .Concat(_volumes.Select(one => Text(one, "Name")).Where(name => name.Length < 64))
                        .OrderBy(name => name, StringComparer.Ordinal));
            }
        }
    }

    public Task<FaultReply> AnswerAsync(FaultRequest request)
    {
        lock (_lock)
        {
            try
            {
                return Task.FromResult(Answer(request));
            }
            catch (Refusal refusal)
            {
                return Task.FromResult(FaultReply.Of(refusal.Status, new JsonObject { ["message"] = refusal.Message }));
            }
        }
    }

    public async Task StreamAsync(FaultRequest request, Stream client)
    {
        var channel = Channel.CreateUnbounded<string>();
        lock (_lock)
        {
            foreach (var past in _events)
                channel.Writer.TryWrite(past);
            _readers[channel] = true;
        }

        await client.WriteAsync(FaultReply.StreamHead);
        await foreach (var line in channel.Reader.ReadAllAsync())
            await client.WriteAsync(Encoding.UTF8.GetBytes(FormattableString.Invariant($"{line.Length + 1:x}\r\n{line}\n\r\n")));
    }

    private FaultReply Answer(FaultRequest request)
    {
        var parts = request.Path.Trim('/').Split('/');
        return (request.Method, parts[0], parts.Length, parts[^1]) switch
        {
            (_, "_ping", _, _) => FaultReply.Of(200, null),
            (_, "version", _, _) =>
                FaultReply.Of(
                    200,
                    new JsonObject { ["Version"] = "28.5.2", ["ApiVersion"] = "1.45", ["Os"] = "linux", ["Arch"] = "amd64" }),
            (_, "info", _, _) =>
                FaultReply.Of(200, new JsonObject { ["SystemTime"] = Now(), ["OSType"] = "linux", ["ServerVersion"] = "28.5.2" }),
            (_, "images", 2, "json") => FaultReply.Of(200, new JsonArray(TheImage())),
            (_, "images", _, "json") => FaultReply.Of(200, TheImage()),
            (_, "networks", 1, _) => List(request, _networks),
            (_, "networks", 2, "create") => CreateNetwork(request.Json),
            (var method, "networks", 2, var name) => OneNetwork(method, name),
            ("POST", "networks", 3, "connect") => Connect(Find(_networks, parts[1], "network"), request.Json),
            ("POST", "networks", 3, _) => Disconnect(Find(_networks, parts[1], "network"), request.Json),
            (_, "volumes", 1, _) =>
                FaultReply.Of(
                    200,
                    new JsonObject
                    {
                        ["Volumes"] = new JsonArray([.. _volumes.Where(request.Selects).Select(one => one.DeepClone())]),
                    }),
            ("POST", "volumes", 2, _) => CreateVolume(request.Json),
            ("DELETE", "volumes", 2, var name) => RemoveVolume(name),
            (_, "containers", 2, "json") =>
                FaultReply.Of(200, new JsonArray([.. _containers.Where(request.Selects).Select(Summary)])),
            (_, "containers", 2, "create") => CreateContainer(request),
            ("DELETE", "containers", 2, var id) => RemoveContainer(Find(_containers, id, "container"), request),
            (_, "containers", 3, var action) => Act(Find(_containers, parts[1], "container"), action, request),
            _ => throw new Refusal(404, "page not found"),
        };
    }

    private FaultReply List(FaultRequest request, IEnumerable<JsonObject> all) =>
        FaultReply.Of(200, new JsonArray([.. all.Where(request.Selects).Select(one => one.DeepClone())]));

    private FaultReply CreateNetwork(JsonObject body)
    {
        if (_networks.Any(one => Text(one, "Name") == Text(body, "Name")))
            throw new Refusal(409, $"network with name {Text(body, "Name")} already exists");
        var network = Network(body);
        _networks.Add(network);
        return FaultReply.Of(201, new JsonObject { ["Id"] = Text(network, "Id"), ["Warning"] = "" });
    }

    private JsonObject Network(JsonObject body)
    {
        var network = (JsonObject)body.DeepClone();
        (network["Id"], network["Created"], network["Scope"], network["Containers"]) = (
            NewId(), Now(), "local", new JsonObject());
        network["Driver"] ??= "bridge";
        return network;
    }

    private FaultReply OneNetwork(string method, string name)
    {
        var network = Find(_networks, name, "network");
        if (method == "GET")
            return FaultReply.Of(200, network.DeepClone());
        if (((JsonObject)network["Containers"]!).Count > 0)
            throw new Refusal(403, $"error while removing network: network {name} has active endpoints");
        _networks.Remove(network);
        return FaultReply.Of(204, null);
    }

    private FaultReply Connect(JsonObject network, JsonObject body)
    {
        var container = Find(_containers, Text(body, "Container"), "container");
        var ends = (JsonObject)container["NetworkSettings"]!["Networks"]!;
        if (ends.ContainsKey(Text(network, "Name")))
            throw new Refusal(
                403, $"endpoint with name {Text(container, "Name")} already exists in network {Text(network, "Name")}");
        ends[Text(network, "Name")] = Endpoint(network, body["EndpointConfig"]);
        return FaultReply.Of(200, null);
    }

    private FaultReply Disconnect(JsonObject network, JsonObject body)
    {
        var container = Find(_containers, Text(body, "Container"), "container");
        if (!((JsonObject)container["NetworkSettings"]!["Networks"]!).Remove(Text(network, "Name")))
            throw new Refusal(500, $"container {Text(container, "Id")} is not connected to the network {Text(network, "Name")}");
        ((JsonObject)network["Containers"]!).Remove(Text(container, "Id"));
        return FaultReply.Of(200, null);
    }

    private FaultReply CreateVolume(JsonObject body) => FaultReply.Of(201, Volume(Text(body, "Name"), body).DeepClone());

    private JsonObject Volume(string name, JsonObject? body)
    {
        if (_volumes.FirstOrDefault(one => Text(one, "Name") == name) is { } there)
            return there;
        var volume = new JsonObject
        {
            ["Name"] = name, ["Driver"] = "local", ["Mountpoint"] = "/x", ["CreatedAt"] = Now(), ["Scope"] = "local",
            ["Labels"] = body?["Labels"]?.DeepClone(), ["Options"] = body?["DriverOpts"]?.DeepClone(),
        };
        _volumes.Add(volume);
        return volume;
    }

    private FaultReply RemoveVolume(string name)
    {
        var volume = _volumes.FirstOrDefault(one => Text(one, "Name") == name)
            ?? throw new Refusal(404, $"get {name}: no such volume");
        if (_containers.Any(one => Mounts(one).Contains(name)))
            throw new Refusal(409, $"remove {name}: volume is in use");
        _volumes.Remove(volume);
        return FaultReply.Of(204, null);
    }

    private void Tell(JsonObject container, string action)
    {
        var attributes = (JsonObject)container["Config"]!["Labels"]!.DeepClone();
        (attributes["name"], attributes["exitCode"]) = (
            Text(container, "Name").TrimStart('/'), Text(container["State"]!, "ExitCode"));
        var time = (DateTime.UtcNow - DateTime.UnixEpoch).Ticks * 100;
        var line = new JsonObject
        {
            ["Type"] = "container", ["Action"] = action, ["Actor"] = new JsonObject
            {
                ["ID"] = Text(container, "Id"),
                ["Attributes"] = attributes,
            },
            ["time"] = time / 1_000_000_000, ["timeNano"] = time,
        }.ToJsonString();
        _events.Add(line);
        foreach (var reader in _readers.Keys)
            reader.Writer.TryWrite(line);
    }

    private static JsonObject Find(List<JsonObject> all, string key, string kind) =>
        all.FirstOrDefault(one => Text(one, "Id") == key || Text(one, "Name").TrimStart('/') == key)
            ?? throw new Refusal(404, kind == "network" ? $"network {key} not found" : $"No such {kind}: {key}");

    private static JsonObject TheImage() => new()
    {
        ["Id"] = Image, ["RepoTags"] = new JsonArray(
            "busybox:latest"), ["RepoDigests"] = new JsonArray(), ["Os"] = "linux", ["Architecture"] = "amd64",
        ["Config"] = new JsonObject { ["Cmd"] = new JsonArray("sh") },
    };

    private static string Text(JsonNode node, string name) => node[name]?.ToString() ?? "";

    private string NewId() => (++_count).ToString("x12", System.Globalization.CultureInfo.InvariantCulture).PadRight(64, '0');

    private static string Now() =>
        DateTime.UtcNow.ToString("yyyy-MM-ddTHH:mm:ss.fffffff00Z", System.Globalization.CultureInfo.InvariantCulture);

    private sealed class Refusal(int status, string message) : Exception(message)
    {
        public int Status { get; } = status;
    }
}
