namespace Compose.Errors;

/// <summary>Errors of connections over ssh.</summary>
internal static class SshErrors
{
    public static readonly ErrorDefinition ProgramNotFound = new("SshNotFound", ErrorCategory.ObjectNotFound,
        "Install an OpenSSH client and put ssh on PATH; on Windows it is an optional feature.");
    public static readonly ErrorDefinition Unreachable = new("SshHostUnreachable", ErrorCategory.ConnectionError,
        "Check the host's name and port, and that its ssh server runs.");
    public static readonly ErrorDefinition HostKeyUnknown = new("SshHostKeyUnknown", ErrorCategory.SecurityError,
        "Run ssh to the host once by hand, compare its key's fingerprint and accept it; there is no prompt here.");
    public static readonly ErrorDefinition HostKeyChanged = new("SshHostKeyChanged", ErrorCategory.SecurityError,
        "The host shows another key than before: find out why, then remove the old one with ssh-keygen -R.");
    public static readonly ErrorDefinition AccessDenied = new("SshAccessDenied", ErrorCategory.PermissionDenied,
        "Put a key the host accepts into ssh-agent or ~/.ssh; there is no prompt for a password or passphrase.");
    public static readonly ErrorDefinition DockerNotFound = new("SshDockerNotFound", ErrorCategory.ObjectNotFound,
        "Install docker's command line there, 18.09 or newer, where a non-interactive login finds it on PATH.");
    public static readonly ErrorDefinition Failed = new("SshFailed", ErrorCategory.ConnectionError,
        "Run ssh HOST docker system dial-stdio by hand to see what it says.");
}
