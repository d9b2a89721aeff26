namespace Compose.Files.Canonical;

/// <summary>
/// The one reading and writing of <c>service:db</c>, as modes, volumes and build contexts name another service.
/// </summary>
internal static class ServiceName
{
    private const string Prefix = "service:";

    /// <summary>The text that names a service.</summary>
    public static string Text(string service) => Prefix + service;

    /// <summary>The service a text names; null for any other text.</summary>
    public static string? In(string? text) =>
        text?.StartsWith(Prefix, StringComparison.Ordinal) == true ? text.Substring(Prefix.Length) : null;
}
