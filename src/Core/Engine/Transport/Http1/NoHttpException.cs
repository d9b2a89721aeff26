namespace Compose.Engine.Transport.Http1;

/// <summary>The server does not speak HTTP. The message continues the sentence "What answers at ... is no engine: ".</summary>
internal sealed class NoHttpException(string message) : IOException(message);
