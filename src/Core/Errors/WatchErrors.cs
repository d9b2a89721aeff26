namespace Compose.Errors;

/// <summary>What can go wrong while files are watched.</summary>
internal static class WatchErrors
{
    public static readonly ErrorDefinition NothingToWatch = new("NothingToWatch", ErrorCategory.ObjectNotFound,
        "Give a service a develop section with watch rules, and do not bind-mount the paths they name.");
    public static readonly ErrorDefinition NeedsBuild = new("WatchNeedsBuild", ErrorCategory.InvalidData,
        "The action rebuild needs a service with a build section.");
    public static readonly ErrorDefinition NeedsCommand = new("WatchNeedsCommand", ErrorCategory.InvalidData,
        "The action sync+exec needs exec with a command.");
    public static readonly ErrorDefinition NeedsTarget = new("WatchNeedsTarget", ErrorCategory.InvalidData,
        "Name with target where the files belong in the container.");
    public static readonly ErrorDefinition UnknownAction = new("WatchUnknownAction", ErrorCategory.InvalidData,
        "The actions are sync, rebuild, restart, sync+restart and sync+exec.");
    public static readonly ErrorDefinition AlreadyWatched = new("AlreadyWatched", ErrorCategory.ResourceBusy,
        "Stop the other watch first: two that copy, restart and rebuild would get in each other's way.");
    public static readonly ErrorDefinition DeleteFailed = new("WatchDeleteFailed", ErrorCategory.WriteError,
        "Deleting needs the program rm in the container.");
    public static readonly ErrorDefinition ExecFailed = new("WatchExecFailed", ErrorCategory.InvalidOperation,
        "Check the exec command of the watch section.");
    public static readonly ErrorDefinition RebuildFailed = new("WatchRebuildFailed", ErrorCategory.InvalidOperation,
        "Correct what the message names; the next change builds again.");
    public static readonly ErrorDefinition RestartFailed = new("WatchRestartFailed", ErrorCategory.InvalidOperation,
        "Correct what the message names; the next change restarts again.");
}
