using Docker.DotNet.Models;

namespace Compose.Engine.Api;

/// <summary>What the library carries of the engine itself.</summary>
internal class SystemCalls(DockerLibrary library, IEngineCalls calls)
{
    public Task<Dto.VersionResponse> VersionAsync(CancellationToken cancellationToken) =>
        calls.ReadAsync("version", library.Client.System.GetVersionAsync, Read, cancellationToken);

    public Task<Dto.InfoResponse> InfoAsync(CancellationToken cancellationToken) =>
        calls.ReadAsync("info", library.Client.System.GetSystemInfoAsync, Read, cancellationToken);

    private static Dto.VersionResponse Read(VersionResponse version) => new()
    {
        Version = version.Version,
        ApiVersion = version.APIVersion,
        MinAPIVersion = version.MinAPIVersion,
        Os = version.Os,
        Arch = version.Arch,
    };

    // The record's time may not be missing; with the library what is missing is empty.
    private static Dto.InfoResponse Read(SystemInfoResponse info) => new(Models.Text(info.SystemTime)!, info.CgroupVersion);
}
