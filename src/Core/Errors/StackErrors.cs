namespace Compose.Errors;

/// <summary>Errors of deploying to a swarm, besides those that the engine returns.</summary>
internal static class StackErrors
{
    public static readonly ErrorDefinition StackNotFound = new("StackNotFound", ErrorCategory.ObjectNotFound,
        "Get-ComposeStack lists the stacks of a swarm.");
    public static readonly ErrorDefinition ServiceNotFound = new("StackServiceNotFound", ErrorCategory.ObjectNotFound,
        "Get-ComposeService -Stack lists the services of a stack.");
    public static readonly ErrorDefinition TaskNotFound = new("StackTaskNotFound", ErrorCategory.ObjectNotFound,
        "Get-ComposeTask -All lists the tasks of a stack, also those that have ended.");
    public static readonly ErrorDefinition NodeNotFound = new("NodeNotFound", ErrorCategory.ObjectNotFound,
        "Get-ComposeNode lists the nodes of a swarm.");
    public static readonly ErrorDefinition ExternalMissing = new("StackExternalMissing", ErrorCategory.ObjectNotFound,
        "Create it in the swarm first, or remove 'external' so that the stack creates it.");
    public static readonly ErrorDefinition ExternalScope = new("StackExternalScope", ErrorCategory.InvalidArgument,
        "Services need a network of the swarm: create it with the driver overlay.");
    public static readonly ErrorDefinition NameTaken = new("StackNameTaken", ErrorCategory.ResourceExists,
        "Give it another name in the file, declare it external, or remove the one that exists.");
    public static readonly ErrorDefinition ModeChanged = new("StackModeChanged", ErrorCategory.InvalidOperation,
        "A swarm cannot change a service's mode: remove the service first, or give it another name.");
    public static readonly ErrorDefinition RolloutFailed = new("RolloutFailed", ErrorCategory.InvalidOperation,
        "Get-ComposeTask shows each task. Correct the file and deploy again, or go back with Undo-ComposeDeploy.");
    public static readonly ErrorDefinition NoSuitableNode = new("NoSuitableNode", ErrorCategory.ResourceUnavailable,
        "Get-ComposeNode shows the nodes, their labels and their state. Change deploy.placement, or the nodes.");
    public static readonly ErrorDefinition RolloutTimeout = new("RolloutTimeout", ErrorCategory.OperationTimeout,
        "The rollout goes on. Get-ComposeTask shows how far it is; -WaitTimeout waits longer.");
    public static readonly ErrorDefinition RollbackImpossible = new("RollbackImpossible", ErrorCategory.InvalidOperation,
        "Deploy the earlier file instead: Invoke-ComposeDeploy.");

    /// <summary>The error for a stack that does not exist.</summary>
    public static ErrorInfo NoStack(string engineHost, string stack) =>
        StackNotFound.Info($"The swarm of the engine at {engineHost} has no stack '{stack}'.", stack);
}
