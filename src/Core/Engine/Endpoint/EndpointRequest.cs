namespace Compose.Engine.Endpoint;

/// <summary>What decides which engine is meant, as values.</summary>
/// <param name="EngineHost">The endpoint asked for, or null.</param>
/// <param name="Context">The docker context asked for, or null.</param>
/// <param name="Environment">The environment variables that count.</param>
/// <param name="HomeDirectory">Where .docker is, unless DOCKER_CONFIG says otherwise.</param>
/// <param name="Windows">Whether the default is the named pipe.</param>
internal sealed record EndpointRequest(
    string? EngineHost, string? Context, IReadOnlyDictionary<string, string> Environment, string HomeDirectory, bool Windows)
{
    public string ConfigDirectory => Variable("DOCKER_CONFIG") ?? Path.Combine(HomeDirectory, ".docker");

    /// <summary>A variable's value; docker takes an empty one for none.</summary>
    public string? Variable(string name) =>
        Environment.TryGetValue(name, out var value) && value.Length > 0 ? value : null;
}
