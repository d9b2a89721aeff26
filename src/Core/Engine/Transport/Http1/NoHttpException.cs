namespace Compose.Engine.Transport.Http1;

/// <summary>What came over a connection is no HTTP: the message goes on after "is no engine: ".</summary>
internal sealed class NoHttpException(string message) : IOException(message);
