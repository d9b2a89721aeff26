using System.Text.Json.Nodes;

namespace Compose.Tests.Execute.Differences;

/// <summary>
/// One form for the mounts of a container. Releases of docker compose differ in whether they send a plain named volume, a bind
/// with propagation or a bind in long form as text in Binds or as an object in Mounts. The engine mounts the same for both, but
/// reports another Mode.
/// </summary>
internal static class MountForm
{
    private static readonly string[] Propagations = ["private", "rprivate", "shared", "rshared", "slave", "rslave"];

    public static void Unify(JsonObject container)
    {
        var host = container["HostConfig"]!.AsObject();
        var mounts = (host["Mounts"] as JsonArray ?? []).Select(mount => mount!.DeepClone().AsObject()).ToList();
        var binds = new JsonArray();
        foreach (var bind in (host["Binds"] as JsonArray ?? []).Select(bind => (string)bind!))
        {
            if (AsMount(bind) is { } mount)
                mounts.Add(mount);
            else
                binds.Add(bind);
        }

        foreach (var mount in mounts)
        {
            if (mount["VolumeOptions"] is JsonObject { Count: 0 })
                mount.Remove("VolumeOptions");
            (mount["BindOptions"] as JsonObject)?.Remove("CreateMountpoint");
            if (mount["BindOptions"] is JsonObject { Count: 0 })
                mount.Remove("BindOptions");
        }

        foreach (var plain in mounts.Where(mount => (string?)mount["Type"] == "bind" && mount["BindOptions"] is null).ToList())
        {
            binds.Add($"{plain["Source"]}:{plain["Target"]}:{((bool?)plain["ReadOnly"] == true ? "ro" : "rw")}");
            mounts.Remove(plain);
        }

        host["Binds"] = binds;
        host["Mounts"] = new JsonArray([.. mounts]);
        foreach (var mounted in (container["Mounts"] as JsonArray ?? []).Select(mount => mount!.AsObject()))
        {
            if ((string?)mounted["Type"] == "volume"
                || ((string?)mounted["Mode"])?.Split(',').Intersect(["z", "Z"]).Any() != true)
                mounted["Mode"] = "";
        }
    }

    private static JsonObject? AsMount(string bind)
    {
        var parts = bind.Split(':');
        var options = parts.ElementAtOrDefault(2)?.Split(',') ?? [];
        var propagation = options.FirstOrDefault(Propagations.Contains);
        if (parts[0].StartsWith('/') && propagation is null)
            return null;
        var mount = new JsonObject
        {
            ["Type"] = parts[0].StartsWith('/') ? "bind" : "volume",
            ["Source"] = parts[0],
            ["Target"] = parts[1],
        };
        if (options.Contains("ro"))
            mount["ReadOnly"] = true;
        if (propagation is not null)
            mount["BindOptions"] = new JsonObject { ["Propagation"] = propagation };
        return mount;
    }
}
