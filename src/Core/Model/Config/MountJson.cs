using System.Text.Json;

namespace Compose.Model.Config;

/// <summary>Writes entries of a service's <c>volumes</c>.</summary>
internal sealed class MountJson(Utf8JsonWriter json, ConfigForm form)
{
    public void Write(MountDefinition mount)
    {
        json.Text("type", mount.Type);
        json.Text("source", mount.Source);
        json.Text("target", mount.Target);
        json.Flag("read_only", mount.ReadOnly);
        json.Text("consistency", mount.Consistency);
        if (mount.Bind is { } bind)
            json.Section("bind", () => Bind(bind));
        if (mount.Volume is { } volume)
            json.Section("volume", () => Volume(volume));
        if (mount.Tmpfs is { } tmpfs)
            json.Section("tmpfs", () => Tmpfs(tmpfs));
        if (mount.ImageSubpath is { } subpath)
            json.Section("image", () => json.Text("subpath", subpath));
    }

    private void Bind(BindOptions bind)
    {
        json.Text("selinux", bind.SELinux);
        json.Text("propagation", bind.Propagation);
        if (form.WritesTrueHostPath)
            json.Flag("create_host_path", bind is { CreateHostPath: true, CreateHostPathIsSet: true });
        else if (!bind.CreateHostPath || (form.UnsetHostPathIsFalse && !bind.CreateHostPathIsSet))
            json.WriteBoolean("create_host_path", false);
        json.Text("recursive", bind.Recursive);
    }

    private void Volume(VolumeMountOptions volume)
    {
        json.Pairs("labels", volume.Labels);
        json.Flag("nocopy", volume.NoCopy);
        json.Text("subpath", volume.Subpath);
    }

    private void Tmpfs(TmpfsOptions tmpfs)
    {
        json.Bytes("size", tmpfs.Size);
        json.Exact("mode", tmpfs.Mode);
    }
}
