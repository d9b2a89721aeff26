using System.Globalization;

namespace Compose.Engine.Transport.Ssh;

/// <summary>
/// The ssh command line that connects standard input and output to an engine: it runs <c>docker system dial-stdio</c> remotely.
/// </summary>
internal static class SshCommand
{
    /// <param name="uri">ssh://user@host:port, with the engine's socket as path when it is not the default.</param>
    public static string Arguments(Uri uri)
    {
        // In batch mode ssh fails instead of prompting, and the failure becomes an error with advice.
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
