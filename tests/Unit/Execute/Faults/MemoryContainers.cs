using System.Text.Json.Nodes;

namespace Compose.Tests.Execute.Faults;

/// <summary>The containers of a <see cref="MemoryEngine"/>: one with a healthcheck is healthy a moment after its start.</summary>
internal sealed partial class MemoryEngine
{
    private static readonly TimeSpan Probing = TimeSpan.FromMilliseconds(30);

    private FaultReply CreateContainer(FaultRequest request)
    {
        var name = request.Query("name") ?? throw new Refusal(400, "a name is wanted here");
        RefuseTaken(name);
        var config = (JsonObject)request.Json.DeepClone();
        var host = Take(config, "HostConfig");
        var ends = (JsonObject?)Take(config, "NetworkingConfig")["EndpointsConfig"] ?? [];
        config["Labels"] ??= new JsonObject();
        var container = new JsonObject
        {
            ["Id"] = NewId(), ["Name"] = "/" + name, ["Created"] = Now(), ["Image"] = Image, ["Config"] = config, [
                "HostConfig"] = host,
            ["State"] = State("created", 0),
            ["NetworkSettings"] = new JsonObject
            {
                ["Networks"] = new JsonObject(
                    ends.Select(end =>
                        KeyValuePair.Create(end.Key, (JsonNode?)Endpoint(Find(_networks, end.Key, "network"), end.Value)))),
            },
        };
        container["Mounts"] = new JsonArray([.. Wanted(config, host).Select(mount => Mount(mount.Volume, mount.Path))]);
        _containers.Add(container);
        Tell(container, "create");
        return FaultReply.Of(201, new JsonObject { ["Id"] = Text(container, "Id"), ["Warnings"] = new JsonArray() });
    }

    private FaultReply Act(JsonObject container, string action, FaultRequest request)
    {
        var runs = Text(container["State"]!, "Status") == "running";
        switch (action)
        {
            case "json":
                return FaultReply.Of(200, container.DeepClone());
            case "logs":
                return FaultReply.Of(200, null);
            case "start" or "stop" when runs == (action == "start"):
                return FaultReply.Of(304, null);
            case "start":
                Start(container);
                return FaultReply.Of(204, null);
            case "stop" or "kill":
                Stop(container);
                return FaultReply.Of(204, null);
            case "rename":
                var name = request.Query("name")!;
                if (Text(container, "Name") == "/" + name)
                    throw new Refusal(400, "Renaming a container with the same name as its current name");
                RefuseTaken(name);
                container["Name"] = "/" + name;
                Tell(container, "rename");
                return FaultReply.Of(204, null);
            default:
                throw new Refusal(404, "page not found");
        }
    }

    private void Start(JsonObject container)
    {
        foreach (var end in (JsonObject)container["NetworkSettings"]!["Networks"]!)
        {
            var network = Find(_networks, Text(end.Value!, "NetworkID"), "network");
            network["Containers"]![Text(container, "Id")] = new JsonObject { ["Name"] = Text(container, "Name").TrimStart('/') };
        }

        var state = State("running", 0);
        container["State"] = state;
        Tell(container, "start");
        if (container["Config"]!["Healthcheck"] is null)
            return;
        state["Health"] = new JsonObject { ["Status"] = "starting", ["FailingStreak"] = 0, ["Log"] = new JsonArray() };
        _ = Task.Delay(Probing).ContinueWith(
            _ =>
            {
                lock (_lock)
                {
                    state["Health"]!["Status"] = "healthy";
                    Tell(container, "health_status: healthy");
                }
            }, TaskScheduler.Default);
    }

    private void Stop(JsonObject container)
    {
        if (Text(container["State"]!, "Status") != "running")
            return;
        foreach (var network in _networks)
            ((JsonObject)network["Containers"]!).Remove(Text(container, "Id"));
        container["State"] = State("exited", 137);
        Tell(container, "die");
    }

    private FaultReply RemoveContainer(JsonObject container, FaultRequest request)
    {
        Stop(container);
        _containers.Remove(container);
        if (request.Query("v") is not null)
            _volumes.RemoveAll(volume => Text(volume, "Name").Length == 64 && Mounts(container).Contains(Text(volume, "Name")));
        Tell(container, "destroy");
        return FaultReply.Of(204, null);
    }

    private JsonObject Summary(JsonObject container)
    {
        var state = container["State"]!;
        var health = state["Health"] is { } known
            ? $" ({(Text(known, "Status") == "starting" ? "health: starting" : Text(known, "Status"))})"
            : "";
        return new JsonObject
        {
            ["Id"] = Text(container, "Id"), ["Names"] = new JsonArray(
                Text(container, "Name")), ["Image"] = "busybox", ["ImageID"] = Image, ["Command"] = "x",
            ["Created"] = 1_700_000_000, ["Ports"] = new JsonArray(), ["State"] = Text(
                state, "Status"), ["Labels"] = container["Config"]!["Labels"]!.DeepClone(),
            ["Status"] = Text(state, "Status") switch {
                "running" => "Up 1 second" + health, "exited" => $"Exited ({Text(state, "ExitCode")}) 1 second ago",
                _ => "Created"},
            ["HostConfig"] = new JsonObject { ["NetworkMode"] = Text(container["HostConfig"]!, "NetworkMode") },
            ["NetworkSettings"] = container["NetworkSettings"]!.DeepClone(), ["Mounts"] = container["Mounts"]!.DeepClone(),
        };
    }

    private void RefuseTaken(string name)
    {
        if (_containers.FirstOrDefault(one => Text(one, "Name") == "/" + name) is { } holder)
            throw new Refusal(
                409, $"Conflict. The container name \"/{name}\" is already in use by container \"{Text(holder, "Id")}\".");
    }

    private JsonObject Mount(string? volume, string path)
    {
        var name = Text(Volume(volume ?? NewId(), null), "Name");
        return new JsonObject { ["Type"] = "volume", ["Name"] = name, ["Source"] = "/x", ["Destination"] = path, ["RW"] = true };
    }

    /// <summary>The volumes of a container: named ones as binds or mounts, anonymous ones by their path alone.</summary>
    private static IEnumerable<(string? Volume, string Path)> Wanted(JsonObject config, JsonObject host)
    {
        var binds = (host["Binds"] as JsonArray ?? [])
            .Select(bind => bind!.ToString().Split(':'))
            .Select(bind => ((string?)bind[0], bind[1]));
        var mounts = (host["Mounts"] as JsonArray ?? []).Select(mount => (mount!["Source"]?.ToString(), Text(mount, "Target")));
        var named = binds.Concat(mounts).ToList();
        return named.Concat(
            (config["Volumes"] as JsonObject ?? [])
                .Where(path => named.All(one => one.Item2 != path.Key))
                .Select(path => ((string?)null, path.Key)));
    }

    private static IEnumerable<string> Mounts(JsonObject container) =>
        ((JsonArray)container["Mounts"]!).Select(mount => Text(mount!, "Name"));

    private static JsonObject Endpoint(JsonObject network, JsonNode? settings)
    {
        var end = (JsonObject?)settings?.DeepClone() ?? [];
        end["NetworkID"] = Text(network, "Id");
        return end;
    }

    private static JsonObject State(string status, int code) => new()
    {
        ["Status"] = status, ["Running"] = status == "running", ["ExitCode"] = code, ["StartedAt"] = Now(), [
            "FinishedAt"] = Now(), ["OOMKilled"] = false, ["Error"] = "",
    };

    private static JsonObject Take(JsonObject from, string name)
    {
        var taken = (JsonObject?)from[name]?.DeepClone() ?? [];
        from.Remove(name);
        return taken;
    }
}
