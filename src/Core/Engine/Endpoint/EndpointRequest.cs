namespace Compose.Engine.Endpoint;

/// <summary>The settings that determine the engine endpoint.</summary>
/// <param name="EngineHost">The requested endpoint, or null.</param>
/// <param name="Context">The requested docker context, or null.</param>
/// <param name="Environment">The environment variables.</param>
/// <param name="HomeDirectory">The directory of .docker, unless DOCKER_CONFIG is set.</param>
/// <param name="Windows">Whether the default endpoint is the named pipe.</param>
internal sealed record EndpointRequest(
    string? EngineHost, string? Context, IReadOnlyDictionary<string, string> Environment, string HomeDirectory, bool Windows)
{
    public string ConfigDirectory => Variable("DOCKER_CONFIG") ?? Path.Combine(HomeDirectory, ".docker");

    /// <summary>A variable's value; null when it is unset or, as in docker, empty.</summary>
    public string? Variable(string name) =>
        Environment.TryGetValue(name, out var value) && value.Length > 0 ? value : null;
}
