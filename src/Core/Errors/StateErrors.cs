namespace Compose.Errors;

/// <summary>What can be wrong with what is asked of the engine's state.</summary>
internal static class StateErrors
{
    public static readonly ErrorDefinition ProjectNotFound = new("ProjectNotFound", ErrorCategory.ObjectNotFound,
        "Get-ComposeProject -All lists the projects of an engine.");
    public static readonly ErrorDefinition ServiceNotFound = new("ServiceNotFound", ErrorCategory.ObjectNotFound,
        "Get-ComposeService lists the services of a project.");
}
