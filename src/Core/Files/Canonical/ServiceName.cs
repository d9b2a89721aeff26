namespace Compose.Files.Canonical;

/// <summary>
/// Reads and writes references to services such as <c>service:db</c>, in namespace modes, volumes and build contexts.
/// </summary>
internal static class ServiceName
{
    private const string Prefix = "service:";

    /// <summary>The reference to a service.</summary>
    public static string Text(string service) => Prefix + service;

    /// <summary>The service that a text refers to; null if it is not a reference.</summary>
    public static string? In(string? text) =>
        text?.StartsWith(Prefix, StringComparison.Ordinal) == true ? text.Substring(Prefix.Length) : null;
}
