namespace Compose.Engine.Api;

/// <summary>
/// The engine's swarm: services, tasks, nodes, secrets and configs. Requests that Docker.DotNet cannot make are extension methods
/// in Engine/Own.
/// </summary>
internal sealed class SwarmApi(DockerLibrary library, IEngineCalls calls, EngineRequests requests) : SwarmCalls(library, calls)
{
    public EngineRequests Requests => requests;
}
