namespace Compose.Engine.Api;

/// <summary>
/// The engine's containers, and the processes started in them. The requests that Docker.DotNet cannot make are extension methods
/// in Engine/Own.
/// </summary>
internal sealed class ContainersApi(DockerLibrary library, IEngineCalls calls, EngineRequests requests, bool isPodman)
    : ContainerCalls(library, calls, isPodman)
{
    public EngineRequests Requests => requests;
}
