using Docker.DotNet.Models;

namespace Compose.Engine.Api;

/// <summary>The requests for the engine's version and info, which use Docker.DotNet.</summary>
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

    // SystemTime is required: an empty string means that it is missing, and must become null for the check.
    private static Dto.InfoResponse Read(SystemInfoResponse info) => new(Models.Text(info.SystemTime)!, info.CgroupVersion);
}
