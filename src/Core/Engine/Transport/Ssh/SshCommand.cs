using System.Globalization;

namespace Compose.Engine.Transport.Ssh;

/// <summary>
/// The command line that connects ssh's standard streams with an engine: <c>docker system dial-stdio</c> on the other side.
/// </summary>
internal static class SshCommand
{
    /// <param name="uri">ssh://user@host:port, and the engine's socket there as path where it is not the usual one.</param>
    public static string Arguments(Uri uri)
    {
        // Nobody answers questions here; what ssh would ask becomes an error with advice.
        var arguments = new List<string> { "-o BatchMode=yes", "-o ConnectTimeout=15", "-T" };
        if (uri.UserInfo.Length > 0)
            arguments.Add($"-l \"{Uri.UnescapeDataString(uri.UserInfo)}\"");
        if (uri.Port > 0)
            arguments.Add("-p " + uri.Port.ToString(CultureInfo.InvariantCulture));
        arguments.Add($"-- \"{uri.IdnHost}\" docker");
        if (Uri.UnescapeDataString(uri.AbsolutePath) is { Length: > 1 } socket)
            arguments.Add($"\"--host='unix://{socket}'\"");
        arguments.Add("system dial-stdio");
        return string.Join(" ", arguments);
    }
}
