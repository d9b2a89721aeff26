using Docker.DotNet.Models;

namespace Compose.Engine.Api;

/// <summary>Converts the mounts of a task between Docker.DotNet's models and our records.</summary>
internal static class SwarmMountModel
{
    public static Dto.Mount Read(Mount mount) => new()
    {
        Type = Models.Text(mount.Type)!,
        Source = Models.Text(mount.Source),
        Target = mount.Target!,
        ReadOnly = mount.ReadOnly,
        Consistency = Models.Text(mount.Consistency),
        BindOptions = mount.BindOptions is { } bind ? Read(bind) : null,
        VolumeOptions = mount.VolumeOptions is { } volume ? Read(volume) : null,
        TmpfsOptions = mount.TmpfsOptions is { } tmpfs
            ? new Dto.MountTmpfsOptions { SizeBytes = tmpfs.SizeBytes, Mode = (int?)tmpfs.Mode }
            : null,
        ImageOptions = mount.ImageOptions is { } image ? new Dto.MountImageOptions(Models.Text(image.Subpath)) : null,
    };

    public static Mount Sent(Dto.Mount mount) => new()
    {
        Type = mount.Type,
        Source = mount.Source!,
        Target = mount.Target,
        ReadOnly = mount.ReadOnly,
        Consistency = mount.Consistency!,
        BindOptions = mount.BindOptions is { } bind ? Sent(bind) : null!,
        VolumeOptions = mount.VolumeOptions is { } volume ? Sent(volume) : null!,
        TmpfsOptions = mount.TmpfsOptions is { } tmpfs
            ? new TmpfsOptions { SizeBytes = tmpfs.SizeBytes, Mode = (uint?)tmpfs.Mode, Options = null! }
            : null!,
        ImageOptions = mount.ImageOptions is { } image ? new ImageOptions { Subpath = image.Subpath! } : null!,
        ClusterOptions = mount.Type == "cluster" ? new ClusterOptions() : null!,
    };

    private static Dto.MountBindOptions Read(BindOptions bind) => new()
    {
        Propagation = Models.Text(bind.Propagation),
        CreateMountpoint = bind.CreateMountpoint,
        NonRecursive = bind.NonRecursive,
        ReadOnlyNonRecursive = bind.ReadOnlyNonRecursive,
        ReadOnlyForceRecursive = bind.ReadOnlyForceRecursive,
    };

    private static BindOptions Sent(Dto.MountBindOptions bind) => new()
    {
        Propagation = bind.Propagation!,
        CreateMountpoint = bind.CreateMountpoint,
        NonRecursive = bind.NonRecursive,
        ReadOnlyNonRecursive = bind.ReadOnlyNonRecursive,
        ReadOnlyForceRecursive = bind.ReadOnlyForceRecursive,
    };

    private static Dto.MountVolumeOptions Read(VolumeOptions volume) => new()
    {
        NoCopy = volume.NoCopy,
        Subpath = Models.Text(volume.Subpath),
        Labels = Models.Pairs(volume.Labels),
        DriverConfig = volume.DriverConfig is { } driver
            ? new Dto.MountDriver(Models.Text(driver.Name), Models.Pairs(driver.Options))
            : null,
    };

    private static VolumeOptions Sent(Dto.MountVolumeOptions volume) => new()
    {
        NoCopy = volume.NoCopy,
        Subpath = volume.Subpath!,
        Labels = Models.Sent(volume.Labels),
        DriverConfig = volume.DriverConfig is { } driver
            ? new Driver { Name = driver.Name!, Options = Models.Sent(driver.Options) }
            : null!,
    };
}
