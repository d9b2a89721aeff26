namespace Compose.Errors;

/// <summary>What a compose file says and a swarm cannot deploy. When they occur, nothing has been changed.</summary>
internal static class SwarmErrors
{
    public static readonly ErrorDefinition NoImage = new("SwarmServiceWithoutImage", ErrorCategory.InvalidData,
        "Nodes do not build: build the image, push it to a registry that they reach, and name it with 'image'.");
    public static readonly ErrorDefinition Provider = new("SwarmServiceWithProvider", ErrorCategory.NotImplemented,
        "Only a service with an image can be deployed; leave the service out with a profile.");
    public static readonly ErrorDefinition NetworkMode = new("SwarmNetworkMode", ErrorCategory.NotImplemented,
        "Tasks have networks of the swarm, host or bridge; services of one network find each other by name.");
    public static readonly ErrorDefinition UnknownMode = new("SwarmModeUnknown", ErrorCategory.InvalidData,
        "Use replicated, global, replicated-job or global-job.");
    public static readonly ErrorDefinition ReplicasOfGlobal = new("SwarmReplicasOfGlobal", ErrorCategory.InvalidData,
        "A global service has one task on each node: leave the number away, or use mode replicated.");
    public static readonly ErrorDefinition UpdateOfJob = new("SwarmUpdateOfJob", ErrorCategory.InvalidData,
        "A job is not updated task by task: leave update_config away.");
    public static readonly ErrorDefinition IngressWithoutVip = new("SwarmIngressWithDnsrr", ErrorCategory.InvalidData,
        "Publish the port with 'mode: host', or leave 'endpoint_mode: dnsrr' away.");
    public static readonly ErrorDefinition LocalNetwork = new("SwarmNetworkDriver", ErrorCategory.InvalidData,
        "Leave the driver away, or use overlay: services need a network that spans the nodes.");
    public static readonly ErrorDefinition ImageMount = new("SwarmImageMount", ErrorCategory.NotImplemented,
        "No swarm mounts images: put the files into a volume, a config or the image of the service.");
    public static readonly ErrorDefinition ContentSize = new("SwarmContentSize", ErrorCategory.LimitsExceeded,
        "A swarm takes secrets below 512,000 bytes and configs below 1,024,000, and none that are empty.");
    public static readonly ErrorDefinition StackName = new("SwarmStackName", ErrorCategory.InvalidArgument,
        "Use letters, digits, '_' and '-', and begin and end with a letter or digit.");
    public static readonly ErrorDefinition NameTooLong = new("SwarmNameTooLong", ErrorCategory.LimitsExceeded,
        "A swarm takes names of up to 63 characters: shorten the name of the stack or of the service.");
}

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
