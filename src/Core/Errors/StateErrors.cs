namespace Compose.Errors;

/// <summary>Errors for names and numbers that do not exist on the engine.</summary>
internal static class StateErrors
{
    public static readonly ErrorDefinition ProjectNotFound = new("ProjectNotFound", ErrorCategory.ObjectNotFound,
        "Get-ComposeProject -All lists the projects of an engine.");

    /// <summary>The error for a project that does not exist on the engine.</summary>
    public static ErrorInfo NoProject(string engineHost, string name, string? advice = null) =>
        ProjectNotFound.Info($"The engine at {engineHost} has no project '{name}'.", name, advice);

    public static readonly ErrorDefinition ServiceNotFound = new("ServiceNotFound", ErrorCategory.ObjectNotFound,
        "Get-ComposeService lists the services of a project.");

    public static readonly ErrorDefinition VolumeNotFound = new("VolumeNotFound", ErrorCategory.ObjectNotFound,
        "Get-ComposeVolume lists the volumes of a project.");
    public static readonly ErrorDefinition NetworkNotFound = new("NetworkNotFound", ErrorCategory.ObjectNotFound,
        "Get-ComposeNetwork lists the networks of a project.");
    public static readonly ErrorDefinition ImageNotInUse = new("ImageNotInUse", ErrorCategory.ObjectNotFound,
        "Get-ComposeImage lists the images the containers of a project were made from.");
    public static readonly ErrorDefinition PortNotPublished = new("PortNotPublished", ErrorCategory.ObjectNotFound,
        "Get-ComposePort without -PrivatePort lists the ports that are published.");
    public static readonly ErrorDefinition ReplicaNotFound = new("ReplicaNotFound", ErrorCategory.ObjectNotFound,
        "Get-ComposeContainer shows the replicas and their numbers.");
    public static readonly ErrorDefinition ServicePaused = new("ServicePaused", ErrorCategory.InvalidOperation,
        "Resume-ComposeService resumes it.");
    public static readonly ErrorDefinition ServiceNotRunning = new("ServiceNotRunning", ErrorCategory.InvalidOperation,
        "Invoke-ComposeUp or Start-ComposeService starts it.");
}
