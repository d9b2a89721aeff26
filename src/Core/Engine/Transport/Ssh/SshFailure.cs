using Compose.Engine.Endpoint;
using Compose.Errors;

namespace Compose.Engine.Transport.Ssh;

/// <summary>Tells from ssh's last words why no engine answered: its own trouble, docker's absence, or the engine's.</summary>
internal static class SshFailure
{
    /// <summary>Words of OpenSSH, shells, and docker's command line; the first that are found decide.</summary>
    private static readonly (string Words, ErrorDefinition Cause)[] Causes =
    [
        ("REMOTE HOST IDENTIFICATION HAS CHANGED", SshErrors.HostKeyChanged),
        ("Host key verification failed", SshErrors.HostKeyUnknown),
        ("permission denied while trying to connect to the Docker daemon", EngineErrors.AccessDenied),
        (".sock: connect: permission denied", EngineErrors.AccessDenied),
        ("Cannot connect to the Docker daemon", EngineErrors.NotRunning),
        ("failed to open the raw stream connection", EngineErrors.NotRunning),
        (".sock: connect: ", EngineErrors.NotRunning),
        ("Permission denied", SshErrors.AccessDenied),
        ("Too many authentication failures", SshErrors.AccessDenied),
        ("Connection refused", SshErrors.Unreachable),
        ("Connection timed out", SshErrors.Unreachable),
        ("Could not resolve hostname", SshErrors.Unreachable),
        ("No route to host", SshErrors.Unreachable),
        ("Network is unreachable", SshErrors.Unreachable),
        ("command not found", SshErrors.DockerNotFound),
        ("docker: not found", SshErrors.DockerNotFound),
        ("docker: No such file", SshErrors.DockerNotFound),
        ("'docker' is not recognized", SshErrors.DockerNotFound),
        ("is not a docker command", SshErrors.DockerNotFound),
        ("unknown command: docker", SshErrors.DockerNotFound),
        ("Connection closed by", SshErrors.Unreachable),
        ("Connection reset by", SshErrors.Unreachable),
    ];

    public static ComposeException From(string said, EngineEndpoint endpoint, Exception? inner)
    {
        var cause = Causes.FirstOrDefault(known => said.IndexOf(known.Words, StringComparison.OrdinalIgnoreCase) >= 0).Cause
            ?? SshErrors.Failed;
        var words = LastLine(said) is { } line ? $"ssh said: {line}" : "ssh ended without a word.";
        return cause.Exception($"No engine answers at {endpoint.Host}; {words}", endpoint.Host, inner: inner);
    }

    private static string? LastLine(string said) =>
        said.Split('\n').Select(line => line.Trim()).LastOrDefault(line => line.Length > 0);
}
