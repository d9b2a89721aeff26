namespace Compose.Errors;

/// <summary>Errors of commands in containers and of terminals.</summary>
internal static class StreamErrors
{
    public static readonly ErrorDefinition CommandFailed = new("CommandFailed", ErrorCategory.InvalidOperation,
        "The target of this error is the command's result, with its exit code.");
    public static readonly ErrorDefinition CommandNotStarted = new("CommandNotStarted", ErrorCategory.InvalidArgument,
        "Check the command, the user and the working directory: they must exist in the container.");
    public static readonly ErrorDefinition DetachKeysInvalid = new("DetachKeysInvalid", ErrorCategory.InvalidArgument,
        "Write keys as docker does, with commas between them: one character, or ctrl- and one of a-z @ [ \\ ] ^ _.");
    public static readonly ErrorDefinition InputUnreadable = new("InputUnreadable", ErrorCategory.ReadError,
        "Pipe text, octets, files or streams that can be read.");
    public static readonly ErrorDefinition NoShell = new("NoShell", ErrorCategory.ObjectNotFound,
        "Name a command it has: Enter-ComposeService SERVICE COMMAND.");
    public static readonly ErrorDefinition NoTerminal = new("NoTerminal", ErrorCategory.InvalidOperation,
        "Use it at an interactive console whose input and output are not redirected, or run commands with Invoke-ComposeExec.");
}
