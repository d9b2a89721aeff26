namespace Compose.Errors;

/// <summary>Errors of planning. When they occur, nothing has been changed.</summary>
internal static class PlanErrors
{
    public static readonly ErrorDefinition ExternalNetworkNotFound = new("ExternalNetworkNotFound", ErrorCategory.ObjectNotFound,
        "Create the network first, or remove 'external: true'.");
    public static readonly ErrorDefinition ExternalVolumeNotFound = new("ExternalVolumeNotFound", ErrorCategory.ObjectNotFound,
        "Create the volume first, or remove 'external: true'.");
    public static readonly ErrorDefinition VolumeInUse = new("VolumeInUse", ErrorCategory.ResourceBusy,
        "Remove those containers, or keep the volume: omit -Force, or declare it 'external: true'.");
    public static readonly ErrorDefinition OrphansContradict = new("OrphansContradict", ErrorCategory.InvalidArgument,
        "Leave out -RemoveOrphan, or clear COMPOSE_IGNORE_ORPHANS.");
    public static readonly ErrorDefinition InvalidRelease = new("InvalidComposeVersion", ErrorCategory.InvalidArgument,
        "Set -ComposeVersion or COMPOSE_SHARED_VERSION to what 'docker compose version --short' prints, such as 2.40.3.");
    public static readonly ErrorDefinition TooManyReplicas = new(ModelErrors.TooManyReplicas, ErrorCategory.LimitsExceeded,
        "Ask for fewer replicas with -Scale or -Replicas, or correct the number in the file.");
    public static readonly ErrorDefinition ContainerNameScaled = new("ContainerNameScaled", ErrorCategory.InvalidArgument,
        "A container name is unique on an engine: remove container_name, or ask for one replica.");
    public static readonly ErrorDefinition ContainerNameTwice = new("ContainerNameTwice", ErrorCategory.InvalidData,
        "Give each service its own container_name.");
    public static readonly ErrorDefinition SharedContainerMissing = new("SharedContainerMissing", ErrorCategory.ObjectNotFound,
        "Bring that service up first, with at least one replica, or leave -NoDependency away.");
    public static readonly ErrorDefinition DependencyNeverCompletes = new("DependencyNeverCompletes", ErrorCategory.InvalidData,
        "Let the dependency end: use 'restart: on-failure' or no restart policy; or depend on it with service_started.");
    public static readonly ErrorDefinition ServiceNotDefined = new("ServiceNotFound", ErrorCategory.ObjectNotFound,
        "Get-ComposeConfig shows the services of the files; a service with profiles needs -Profile.");
    public static readonly ErrorDefinition NoServiceSelected = new("NoServiceSelected", ErrorCategory.ObjectNotFound,
        "Name a service, enable its profile with -Profile, or create networks and volumes alone with -AllResource.");
    public static readonly ErrorDefinition NoImage = new("ImageNotBuilt", ErrorCategory.ObjectNotFound,
        "Build the image, or leave -NoBuild away.");
    public static readonly ErrorDefinition ImageAbsent = new("ImageNotFound", ErrorCategory.ObjectNotFound,
        "Pull the image, or change the pull policy.");
    public static readonly ErrorDefinition PlatformNotBuilt = new("PlatformNotBuilt", ErrorCategory.InvalidData,
        "Add the platform to build.platforms, or change platform or DOCKER_DEFAULT_PLATFORM.");
    public static readonly ErrorDefinition ExternalSecret = new("ExternalFileObject", ErrorCategory.NotImplemented,
        "External secrets and configs exist in Swarm only; use file, environment or content.");
    public static readonly ErrorDefinition NothingToClone = new("NoReplicaToClone", ErrorCategory.ObjectNotFound,
        "Name the compose files with -Path; without them, a new replica is a copy of an existing one.");
    public static readonly ErrorDefinition SecretDriver = new("FileObjectDriver", ErrorCategory.NotImplemented,
        "Drivers of secrets and configs exist in Swarm only; use file, environment or content.");
    public static readonly ErrorDefinition SecretVariableMissing = new("FileObjectVariableNotSet", ErrorCategory.ObjectNotFound,
        "Set the variable in the environment, or in .env.");
    public static readonly ErrorDefinition SecretOwner = new("FileObjectOwner", ErrorCategory.InvalidData,
        "Give uid and gid as numbers: names mean something in the container only.");
    public static readonly ErrorDefinition ApiSocketOnWindows = new("ApiSocketOnWindows", ErrorCategory.NotImplemented,
        "Only an engine on Linux has a socket to mount.");
    public static readonly ErrorDefinition WindowsEngineLacks = new("WindowsEngineLacksFeature", ErrorCategory.NotImplemented,
        "Leave the setting away, or use an engine of Linux containers.");
    public static readonly ErrorDefinition EngineLacks = new("EngineLacksFeature", ErrorCategory.NotImplemented,
        "Use a newer engine, or leave the setting away.");
    public static readonly ErrorDefinition StartIntervalAlone = new("StartIntervalWithoutPeriod", ErrorCategory.InvalidData,
        "Give the healthcheck a start_period as well.");
    public static readonly ErrorDefinition MacAddressConflict = new("MacAddressConflict", ErrorCategory.InvalidData,
        "Give the address once, in the network.");
    public static readonly ErrorDefinition SecurityProfileUnreadable = new(
        "SecurityProfileUnreadable", ErrorCategory.ObjectNotFound,
        "Name a JSON file relative to the project directory, 'unconfined' or 'builtin'.");
    public static readonly ErrorDefinition ServiceFilesMissing = new("ServiceFilesMissing", ErrorCategory.ObjectNotFound,
        "Test-ComposeFile says which env_file or label_file cannot be read; a pre_start container needs them.");
    public static readonly ErrorDefinition InvalidSignal = new("InvalidSignal", ErrorCategory.InvalidArgument,
        "Give a name such as SIGTERM, TERM or RTMIN+3, or a number from 1 to 64.");
    public static readonly ErrorDefinition SecretInReadOnly = new("SecretInReadOnlyContainer", ErrorCategory.InvalidData,
        "Content cannot be written into a container with 'read_only: true'; use 'file:'.");
}
