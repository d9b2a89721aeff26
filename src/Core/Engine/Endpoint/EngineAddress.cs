using Compose.Errors;

namespace Compose.Engine.Endpoint;

/// <summary>
/// Parses an engine's address with docker's defaults: scheme tcp, host localhost, port 2375, and the default socket or pipe for a
/// missing path.
/// </summary>
internal static class EngineAddress
{
    private const int PlainPort = 2375;

    /// <returns>A URI whose original string is the full address in Docker's form.</returns>
    public static Uri Parse(string host)
    {
        var text = host.Trim();
        host = Masked(text);
        if (text.StartsWith("/", StringComparison.Ordinal)
            || text.StartsWith("unix:/", StringComparison.OrdinalIgnoreCase)
                && !text.StartsWith("unix://", StringComparison.OrdinalIgnoreCase))
            throw EngineErrors.InvalidEndpoint.Exception(
                $"'{host}' is a path and names no kind of endpoint.", host,
                $"A socket of this machine is written unix://{text.Substring(text.IndexOf('/'))}.");
        var separator = text.IndexOf("://", StringComparison.Ordinal);
        var (scheme, rest) = separator < 0
            ? ("tcp", text)
            : (text.Substring(0, separator).ToLowerInvariant(), text.Substring(separator + 3));
        return scheme switch
        {
            "unix" => Create(host, "unix://" + (rest.Length == 0 ? "/var/run/docker.sock" : rest)),
            "npipe" => Create(host, "npipe://" + (rest.Length == 0 ? "//./pipe/docker_engine" : rest.Replace('\\', '/'))),
            "tcp" => Tcp(host, rest),
            "http" or "https" => Create(host, scheme + "://" + rest),
            "ssh" => Ssh(host, rest),
            _ =>
                throw EngineErrors.InvalidEndpoint.Exception(
                    $"'{host}' has the scheme '{scheme}', which is none of an engine's.", host),
        };
    }

    private static Uri Tcp(string host, string rest)
    {
        var text = rest.Length == 0 || rest[0] is ':' or '/' ? "localhost" + rest : rest;
        if (text.IndexOf('/') is var slash and >= 0 && text.Substring(slash).Trim('/').Length > 0)
            throw EngineErrors.InvalidEndpoint.Exception($"'{host}' has a path, which an engine over tcp has not.", host);
        var uri = Create(host, "tcp://" + text.TrimEnd('/'));
        return uri.Port > 0 ? uri : Create(host, $"tcp://{uri.Host}:{PlainPort}");
    }

    private static Uri Ssh(string host, string rest)
    {
        var uri = Create(host, "ssh://" + rest);
        if (uri.UserInfo.Contains(':'))
            throw EngineErrors.InvalidEndpoint.Exception(
                "An ssh endpoint holds no password: ssh asks its agent, or for the key's passphrase.", $"ssh://{uri.Host}");
        if (uri.Query.Length > 1)
            throw EngineErrors.InvalidEndpoint.Exception(
                $"'{host}' has query parameters ('{uri.Query}'), which are not allowed in an ssh endpoint.", host);
        if (uri.Fragment.Length > 1)
            throw EngineErrors.InvalidEndpoint.Exception(
                $"'{host}' has a fragment ('{uri.Fragment}'), which is not allowed in an ssh endpoint.", host);
        var passed = Uri.UnescapeDataString(uri.UserInfo) + Uri.UnescapeDataString(uri.AbsolutePath);
        if (passed.Any(sign => sign is '"' or '\'' or '\\' || char.IsControl(sign)))
            throw EngineErrors.InvalidEndpoint.Exception(
                $"'{host}' has signs no name or path of an ssh endpoint may have.", host);
        return uri;
    }

    /// <summary>
    /// The address for error messages, with a login masked up to the last @, since a password may contain any character. The user
    /// name of an ssh address is kept.
    /// </summary>
    private static string Masked(string text)
    {
        var start = text.IndexOf("://", StringComparison.Ordinal);
        start = start < 0 ? 0 : start + 3;
        var end = text.LastIndexOf('@');
        var isUser = text.StartsWith("ssh://", StringComparison.OrdinalIgnoreCase) && text.IndexOf(':', start) is var colon
            && (colon < 0 || colon > end);
        return end < start || isUser ? text : text.Substring(0, start) + "***" + text.Substring(end);
    }

    private static Uri Create(string host, string text)
    {
        if (!Uri.TryCreate(text, UriKind.Absolute, out var uri) || !(uri.Scheme is "unix" or "npipe" || uri.Host.Length > 0))
            throw EngineErrors.InvalidEndpoint.Exception($"'{host}' is not an engine endpoint.", host);
        // Output objects and messages show the address, so it must not contain a password.
        if (uri.Scheme is "tcp" or "http" or "https" && uri.UserInfo.Length > 0)
            throw EngineErrors.InvalidEndpoint.Exception($"'{host}' holds a login, which an engine does not ask for.", host,
                "Leave the login out: an engine knows its users by TLS certificates, or by ssh://user@host.");
        return uri;
    }
}
