namespace Compose.Errors;

/// <summary>Errors of the connection to the engine, and errors that the engine returns.</summary>
internal static class EngineErrors
{
    /// <summary>The advice if the endpoint is not an engine.</summary>
    public const string NoEngineThere =
        "The endpoint is not an engine but, for example, a web server or a proxy; check the address and the port.";

    /// <summary>The advice if the engine takes longer than the time limit.</summary>
    public const string WaitLonger =
        "Check that the engine works (docker version, or its log). "
        + "-EngineTimeout or COMPOSE_ENGINE_TIMEOUT gives it longer: seconds, 0 for no limit.";

    public static readonly ErrorDefinition InvalidEndpoint = new("InvalidEndpoint", ErrorCategory.InvalidArgument,
        "Name the engine as unix:///path, npipe:////./pipe/name, tcp://host:port or ssh://user@host.");
    public static readonly ErrorDefinition InvalidApiVersion = new("InvalidApiVersion", ErrorCategory.InvalidArgument,
        "Unset DOCKER_API_VERSION: the newest version both sides speak is then agreed upon.");
    public static readonly ErrorDefinition ContextNotFound = new("ContextNotFound", ErrorCategory.ObjectNotFound,
        "Docker contexts are kept in .docker/contexts of the home directory, or where DOCKER_CONFIG says.");
    public static readonly ErrorDefinition ConfigInvalid = new("DockerConfigInvalid", ErrorCategory.InvalidData,
        "Correct the file, or name another directory with DOCKER_CONFIG.");
    public static readonly ErrorDefinition NotRunning = new("EngineNotRunning", ErrorCategory.ConnectionError,
        "Start the engine, or name another with -EngineHost, -Context or DOCKER_HOST.");
    public static readonly ErrorDefinition AccessDenied = new("EngineAccessDenied", ErrorCategory.PermissionDenied,
        "Run as a user who may use the engine: root or a member of the docker group; an administrator or a member of "
            + "docker-users on Windows.");
    public static readonly ErrorDefinition NoAnswer = new("EngineNoAnswer", ErrorCategory.OperationTimeout,
        "Check that the engine works (docker version, or its log), and that no proxy or firewall delays the connection.");
    public static readonly ErrorDefinition TooOld = new("EngineTooOld", ErrorCategory.NotImplemented,
        "Engines from 20.10 (API 1.41) on are supported.");
    public static readonly ErrorDefinition ConnectionLost = new("EngineConnectionLost", ErrorCategory.ConnectionError,
        "Check that the engine still runs, and run the cmdlet again: it goes on where it ended.");
    public static readonly ErrorDefinition Protocol = new("EngineProtocolError", ErrorCategory.ReadError,
        "What answered does not speak the Docker Engine API; check the endpoint.");

    public static readonly ErrorDefinition Refused = new("EngineRefused", ErrorCategory.InvalidOperation,
        "See the engine's log for details.");
    public static readonly ErrorDefinition BadRequest = new("EngineBadRequest", ErrorCategory.InvalidArgument,
        "Check the value the message names; an older engine may not know it.");
    public static readonly ErrorDefinition NotAuthorized = new("EngineNotAuthorized", ErrorCategory.PermissionDenied,
        "Ask whoever runs the engine: one of its authorization plugins refused this.");
    public static readonly ErrorDefinition NotFound = new("EngineObjectNotFound", ErrorCategory.ObjectNotFound,
        "It may have been removed meanwhile; run the cmdlet again.");
    public static readonly ErrorDefinition ContainerNotFound = new("ContainerNotFound", ErrorCategory.ObjectNotFound,
        "Get-ComposeContainer -All lists the containers of a project.");
    public static readonly ErrorDefinition ImageNotFound = new("ImageNotFound", ErrorCategory.ObjectNotFound,
        "Check the image's name, or log in if it is private.");
    public static readonly ErrorDefinition NetworkNotFound = new("NetworkNotFound", ErrorCategory.ObjectNotFound,
        "Get-ComposeNetwork lists the networks of a project; Invoke-ComposeUp makes those that are missing.");
    public static readonly ErrorDefinition VolumeNotFound = new("VolumeNotFound", ErrorCategory.ObjectNotFound,
        "Get-ComposeVolume lists the volumes of a project; Invoke-ComposeUp makes those that are missing.");
    public static readonly ErrorDefinition NameInUse = new("NameInUse", ErrorCategory.ResourceExists,
        "Remove or rename the object that has the name.");
    public static readonly ErrorDefinition Conflict = new("EngineConflict", ErrorCategory.ResourceBusy,
        "Something else uses the object; wait for it or stop it, and run the cmdlet again.");
    public static readonly ErrorDefinition HasThatName = new("HasThatName", ErrorCategory.ResourceExists,
        "There is nothing to do: it already has this name.");
    public static readonly ErrorDefinition NotConnected = new("NotConnected", ErrorCategory.ObjectNotFound,
        "Invoke-ComposeUp connects a container with the networks of its service.");
    public static readonly ErrorDefinition AlreadyConnected = new("AlreadyConnected", ErrorCategory.ResourceExists,
        "There is nothing to do: it is already connected.");
    public static readonly ErrorDefinition NetworkInUse = new("NetworkInUse", ErrorCategory.ResourceBusy,
        "Disconnect or remove the containers that use the network.");
    public static readonly ErrorDefinition RemovalUnderWay = new("RemovalUnderWay", ErrorCategory.ResourceBusy,
        "Another run removes it; wait a moment.");
    public static readonly ErrorDefinition RemovalUnfinished = new("RemovalUnfinished", ErrorCategory.ResourceBusy,
        "The engine could not take all of the container's files away; remove it again.");
    public static readonly ErrorDefinition PortInUse = new("PortInUse", ErrorCategory.ResourceBusy,
        "Free the port, or publish another.");
    public static readonly ErrorDefinition NoSpace = new("EngineNoSpace", ErrorCategory.ResourceUnavailable,
        "Free disk space where the engine keeps its data.");

    public static readonly ErrorDefinition NoSwarm = new("NotASwarmManager", ErrorCategory.InvalidOperation,
        "Make the engine a swarm of one node with 'docker swarm init', or name a manager of a swarm with -EngineHost or "
            + "-Context.");
    public static readonly ErrorDefinition SwarmWorker = new("SwarmWorkerNode", ErrorCategory.InvalidOperation,
        "Name a manager with -EngineHost or -Context, or make this node one with 'docker node promote' on a manager.");
    public static readonly ErrorDefinition NoSwarmLeader = new("SwarmHasNoLeader", ErrorCategory.ResourceUnavailable,
        "More than half of the swarm's managers must be up. 'docker node ls' on a manager shows them once they are.");
    public static readonly ErrorDefinition OutOfSequence = new("SwarmUpdateOutOfSequence", ErrorCategory.ResourceBusy,
        "Something else changed the object at the same time; run the cmdlet again.");
    public static readonly ErrorDefinition UsedByService = new("SwarmObjectInUse", ErrorCategory.ResourceBusy,
        "Remove or change the services that use it first.");

    /// <summary>Whether an error means that the engine cannot be reached any more.</summary>
    public static bool IsGone(string? id) => id == ConnectionLost.Id || id == NotRunning.Id;
}
