namespace Compose.Errors;

/// <summary>The ids of diagnostics about attributes that contradict each other or refer to something undefined.</summary>
internal static class ModelErrors
{
    public const string NoImage = "NoImageNorBuild";
    public const string DockerfileConflict = "DockerfileConflict";
    public const string NetworkModeConflict = "NetworkModeConflict";
    public const string UndefinedNetwork = "UndefinedNetwork";
    public const string UndefinedVolume = "UndefinedVolume";
    public const string UndefinedSecret = "UndefinedSecret";
    public const string UndefinedConfig = "UndefinedConfig";
    public const string UndefinedService = "UndefinedService";
    public const string DisabledDependency = "DisabledDependency";
    public const string DependencyCycle = "DependencyCycle";
    public const string ScaleConflict = "ScaleConflict";
    public const string NegativeScale = "NegativeScale";
    public const string TooManyReplicas = "TooManyReplicas";
    public const string InvalidPort = "InvalidPort";
    public const string ResourceConflict = "ResourceConflict";
    public const string ContainerNameScaled = "ContainerNameScaled";
    public const string ContainerNameTwice = "ContainerNameTwice";
    public const string MountTargetTwice = "MountTargetTwice";
    public const string InvalidHealthcheck = "InvalidHealthcheck";
    public const string InvalidHostIP = "InvalidHostIP";
    public const string NoContent = "NoContent";
    public const string ContentTwice = "ContentTwice";
    public const string DeviceRequestConflict = "DeviceRequestConflict";
    public const string PlatformNotBuilt = "PlatformNotBuilt";
    public const string UndefinedModel = "UndefinedModel";
    public const string NotBuildable = "NotBuildable";
    public const string HookPerReplica = "HookPerReplica";
    public const string NoWatchTarget = "NoWatchTarget";
    public const string ExternalWithSettings = "ExternalWithSettings";
    public const string UnknownProfile = "UnknownProfile";
    public const string NoSuchService = "ServiceNotFound";
}
