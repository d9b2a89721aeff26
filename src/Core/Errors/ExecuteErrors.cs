namespace Compose.Errors;

/// <summary>Errors of carrying out a plan, besides those that the engine returns.</summary>
internal static class ExecuteErrors
{
    public static readonly ErrorDefinition DependencyUnhealthy = new("DependencyUnhealthy", ErrorCategory.InvalidOperation,
        "Get-ComposeLog shows what the dependency wrote; check its healthcheck.");
    public static readonly ErrorDefinition DependencyExited = new("DependencyExited", ErrorCategory.InvalidOperation,
        "Get-ComposeLog shows what the dependency wrote before it ended.");
    public static readonly ErrorDefinition DependencyNotCompleted = new("DependencyNotCompleted", ErrorCategory.InvalidOperation,
        "Get-ComposeLog shows what the dependency wrote before it ended.");
    public static readonly ErrorDefinition ContainerExited = new("ContainerExited", ErrorCategory.InvalidOperation,
        "Get-ComposeLog shows what the container wrote before it ended.");
    public static readonly ErrorDefinition ContainerUnhealthy = new("ContainerUnhealthy", ErrorCategory.InvalidOperation,
        "Get-ComposeLog shows what the container wrote; check its healthcheck.");
    public static readonly ErrorDefinition NoHealthcheck = new("NoHealthcheck", ErrorCategory.InvalidData,
        "Give the service a healthcheck, or depend on it with service_started.");
    public static readonly ErrorDefinition WaitTimeout = new("WaitTimeout", ErrorCategory.OperationTimeout,
        "Wait longer, or look with Get-ComposeContainer and Get-ComposeLog at what the service does.");
    public static readonly ErrorDefinition NameHeldByOrphan = new("NameHeldByOrphan", ErrorCategory.ResourceExists,
        "Remove the orphan with -RemoveOrphan, or give the service another container_name.");
    public static readonly ErrorDefinition NameHeld = new("NameHeldByAnother", ErrorCategory.ResourceExists,
        "Remove or rename that container, or give the service another container_name, or the project another name.");
    public static readonly ErrorDefinition HookFailed = new("HookFailed", ErrorCategory.InvalidOperation,
        "Check the hook's command; the message shows its output.");
    public static readonly ErrorDefinition FileUnreadable = new("FileObjectUnreadable", ErrorCategory.ReadError,
        "The file of a secret or config must exist; a directory can only be mounted unchanged, without uid, gid and mode.");
    public static readonly ErrorDefinition SeveralContexts = new("SeveralContexts", ErrorCategory.InvalidArgument,
        "Name one context, or pipe the objects of several: each goes back to its own engine.");
    public static readonly ErrorDefinition SeveralProjects = new("SeveralProjects", ErrorCategory.InvalidArgument,
        "Name one project. Get-ComposeProject shows which ones a wildcard matches.");
    public static readonly ErrorDefinition TwoEngines = new("ContextAndEngineHost", ErrorCategory.InvalidArgument,
        "Give -Context or -EngineHost, not both.");
    public static readonly ErrorDefinition InvalidParallelLimit = new("InvalidParallelLimit", ErrorCategory.InvalidArgument,
        "Set it to a number from 1 on, or to -1 for no limit.");
    public static readonly ErrorDefinition InvalidEngineTimeout = new("InvalidEngineTimeout", ErrorCategory.InvalidArgument,
        "Set it to a number of seconds, or to 0 for no limit.");
    public static readonly ErrorDefinition WithoutEffect = new("AnswerWithoutEffect", ErrorCategory.InvalidOperation,
        "Run the cmdlet again. If it fails again, check the engine's log and any proxy in between.");
    public static readonly ErrorDefinition Unexpected = new("UnexpectedFailure", ErrorCategory.NotSpecified,
        "Run the cmdlet again with -Debug, and report what it shows.");
}
