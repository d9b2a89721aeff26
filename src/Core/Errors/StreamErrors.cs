namespace Compose.Errors;

/// <summary>What can go wrong with a command in a container, beyond what the engine says.</summary>
internal static class StreamErrors
{
    public static readonly ErrorDefinition CommandFailed = new("CommandFailed", ErrorCategory.InvalidOperation,
        "The target of this error is the command's result, with its exit code.");
    public static readonly ErrorDefinition CommandNotStarted = new("CommandNotStarted", ErrorCategory.InvalidArgument,
        "Check the command, the user and the working directory: they must exist in the container.");
}
