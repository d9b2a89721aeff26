using Compose.Engine.Dto;
using Docker.DotNet.Models;

namespace Compose.Engine.Api;

/// <summary>The engine's volumes.</summary>
internal sealed class VolumesApi(DockerLibrary library, IEngineCalls calls)
{
    public Task<IReadOnlyList<VolumeResource>> ListAsync(
        Filters? filters, CancellationToken cancellationToken) => calls.ReadAsync(
        "volumes",
        token => library.Client.Volumes.ListAsync(new VolumesListParameters { Filters = filters?.Sets }, token),
        list => Models.Each(list.Volumes, Read) ?? [],
        cancellationToken);

    /// <summary>Creates a volume and returns it; a volume of that name that already exists is returned unchanged.</summary>
    public Task<VolumeResource> CreateAsync(CreateVolumeRequest request, CancellationToken cancellationToken) =>
        calls.ChangeAsync(
            "create", request.Name, token => library.Client.Volumes.CreateAsync(Sent(request), token), Read, cancellationToken);

    /// <summary>Removes a volume. Longer time limit: the engine deletes its files before it answers.</summary>
    public Task RemoveAsync(string name, CancellationToken cancellationToken) => calls.Lasting.ChangeAsync(
        "remove", name, token => library.Client.Volumes.RemoveAsync(name, cancellationToken: token), cancellationToken);

    private static VolumeResource Read(VolumeResponse volume) => new()
    {
        Name = volume.Name,
        Driver = volume.Driver,
        Mountpoint = volume.Mountpoint,
        CreatedAt = volume.CreatedAt,
        Options = Models.Pairs(volume.Options),
        Labels = Models.Pairs(volume.Labels),
    };

    private static VolumesCreateParameters Sent(CreateVolumeRequest request) => new()
    {
        Name = request.Name,
        Driver = request.Driver!,
        DriverOpts = Models.Sent(request.DriverOpts),
        Labels = Models.Sent(request.Labels),
    };
}
