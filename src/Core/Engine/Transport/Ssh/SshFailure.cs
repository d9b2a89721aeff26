using Compose.Engine.Endpoint;
using Compose.Errors;

namespace Compose.Engine.Transport.Ssh;

/// <summary>
/// Turns ssh's error output into an error: ssh failed, docker is missing there, or the engine there does not run.
/// </summary>
internal static class SshFailure
{
    /// <summary>Messages of OpenSSH, shells and the docker CLI, with their errors; the first match is used.</summary>
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
