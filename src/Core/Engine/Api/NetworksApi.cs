namespace Compose.Engine.Api;

/// <summary>
/// The engine's networks. The request that Docker.DotNet cannot make is an extension method in Engine/Own.
/// </summary>
internal sealed class NetworksApi(DockerLibrary library, IEngineCalls calls, EngineRequests requests, bool reportsIPv4)
    : NetworkCalls(library, calls, reportsIPv4)
{
    public EngineRequests Requests => requests;
}
