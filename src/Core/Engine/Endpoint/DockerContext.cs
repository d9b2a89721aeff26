namespace Compose.Engine.Endpoint;

/// <summary>The docker endpoint of a context.</summary>
/// <param name="Name">The context's name.</param>
/// <param name="Host">The engine's address in Docker's form.</param>
/// <param name="Tls">The context's own TLS files; null where it has none.</param>
internal sealed record DockerContext(string Name, string Host, TlsFiles? Tls);
