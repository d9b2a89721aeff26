using System.Runtime.InteropServices;
using Compose.Tests.Images.Buildx;

namespace Compose.Tests.Images.Build;

/// <summary>
/// A test on an engine with containerd's image store, whose socket COMPOSE_TEST_CONTAINERD_ENGINE names; docker buildx and
/// docker compose are needed, too. The images are for amd64.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class ContainerdFactAttribute : FactAttribute
{
    public ContainerdFactAttribute() =>
        Skip = Host is null ? "COMPOSE_TEST_CONTAINERD_ENGINE names no engine with containerd's image store."
        : RuntimeInformation.OSArchitecture != Architecture.X64 ? "The images are for amd64 and 386."
        : new BuildxFactAttribute().Skip;

    /// <summary>The engine's address.</summary>
    public static string? Host { get; } =
        Environment.GetEnvironmentVariable("COMPOSE_TEST_CONTAINERD_ENGINE") is { Length: > 0 } socket
            ? "unix://" + socket
            : null;
}
