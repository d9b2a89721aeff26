namespace Compose.Errors;

/// <summary>What can go wrong while a plan is carried out, beyond what the engine says.</summary>
internal static class ExecuteErrors
{
    public static readonly ErrorDefinition DependencyUnhealthy = new("DependencyUnhealthy", ErrorCategory.InvalidOperation);
    public static readonly ErrorDefinition DependencyExited = new("DependencyExited", ErrorCategory.InvalidOperation);
    public static readonly ErrorDefinition DependencyNotCompleted = new("DependencyNotCompleted", ErrorCategory.InvalidOperation);
    public static readonly ErrorDefinition ContainerExited = new("ContainerExited", ErrorCategory.InvalidOperation);
    public static readonly ErrorDefinition ContainerUnhealthy = new("ContainerUnhealthy", ErrorCategory.InvalidOperation);
    public static readonly ErrorDefinition NoHealthcheck = new("NoHealthcheck", ErrorCategory.InvalidData,
        "Give the service a healthcheck, or depend on it with service_started.");
    public static readonly ErrorDefinition WaitTimeout = new("WaitTimeout", ErrorCategory.OperationTimeout);
    public static readonly ErrorDefinition HookFailed = new("HookFailed", ErrorCategory.InvalidOperation);
    public static readonly ErrorDefinition FileUnreadable = new("FileObjectUnreadable", ErrorCategory.ReadError,
        "The file of a secret or config must exist; a directory can only be mounted as it is, without uid, gid and mode.");
    public static readonly ErrorDefinition SeveralContexts = new("SeveralContexts", ErrorCategory.InvalidArgument,
        "Name one context, or pipe the objects of several: each goes back to its own engine.");
    public static readonly ErrorDefinition InvalidParallelLimit = new("InvalidParallelLimit", ErrorCategory.InvalidArgument,
        "Set it to a number from 1 on, or to -1 for no limit.");
    public static readonly ErrorDefinition Unexpected = new("UnexpectedFailure", ErrorCategory.NotSpecified);
}
