namespace Compose.Errors;

/// <summary>Errors of pulling, building and pushing images.</summary>
internal static class ImageErrors
{
    public static readonly ErrorDefinition RegistryUnreachable = new("RegistryUnreachable", ErrorCategory.ConnectionError,
        "Check the engine's network and proxy, or load the image into the engine by hand.");
    public static readonly ErrorDefinition PullDenied = new("ImagePullDenied", ErrorCategory.PermissionDenied,
        "Log in to the registry with docker login, pass -RegistryCredential @{ host = $credential }, or check the image's name.");
    public static readonly ErrorDefinition PullFailed = new("ImagePullFailed", ErrorCategory.ResourceUnavailable,
        "Check the image's name and tag, and whether the engine reaches the registry.");
    public static readonly ErrorDefinition PushDenied = new("ImagePushDenied", ErrorCategory.PermissionDenied,
        "Log in to the registry as somebody who may write there, or check the image's name.");
    public static readonly ErrorDefinition PushFailed = new("ImagePushFailed", ErrorCategory.ResourceUnavailable,
        "Check the image's name, and whether the engine reaches the registry.");
    public static readonly ErrorDefinition NotToPush = new("ImageNotFoundToPush", ErrorCategory.ObjectNotFound,
        "Build the image first, with Invoke-ComposeBuild.");
    public static readonly ErrorDefinition BuildFailed = new("BuildFailed", ErrorCategory.InvalidOperation,
        "Correct the step of the Dockerfile that the message names.");
    public static readonly ErrorDefinition ContextNotFound = new("BuildContextNotFound", ErrorCategory.ObjectNotFound,
        "The build's context is a directory, or the URL of a git repository or archive.");
    public static readonly ErrorDefinition ContextUnreadable = new("BuildContextUnreadable", ErrorCategory.PermissionDenied,
        "Name the file in .dockerignore, or make it readable.");
    public static readonly ErrorDefinition ContextName = new("BuildContextNameInvalid", ErrorCategory.InvalidData,
        "Rename the file, or name its directory in .dockerignore.");
    public static readonly ErrorDefinition IgnoreInvalid = new("DockerIgnoreInvalid", ErrorCategory.InvalidData,
        "Correct the pattern: close every [, and write a file name after ! and a character after each backslash.");
    public static readonly ErrorDefinition DockerfileNotFound = new("DockerfileNotFound", ErrorCategory.ObjectNotFound,
        "Check dockerfile: in the service's build section; it is relative to the context.");
    public static readonly ErrorDefinition BuildFileUnreadable = new("BuildFileUnreadable", ErrorCategory.ReadError,
        "A Dockerfile or .dockerignore must be a regular file that you may read.");
    public static readonly ErrorDefinition NeedsSession = new("BuildNeedsSession", ErrorCategory.NotImplemented,
        "Install docker with its buildx plugin, or build the image elsewhere and name it under image.");
    public static readonly ErrorDefinition MountNotGiven = new("BuildMountNotGiven", ErrorCategory.ObjectNotFound,
        "Name it under secrets or ssh of the service's build section, or take required out of the mount.");
    public static readonly ErrorDefinition NeedsBuildKit = new("BuildNeedsBuildKit", ErrorCategory.InvalidArgument,
        "Set DOCKER_BUILDKIT to 1, or take it out of the environment.");
    public static readonly ErrorDefinition CheckNeedsBuildx = new("BuildCheckNeedsBuildx", ErrorCategory.NotImplemented,
        "Install docker with a newer buildx plugin.");
    public static readonly ErrorDefinition CredentialHelper = new("CredentialHelperFailed", ErrorCategory.ResourceUnavailable,
        "Check that the helper docker's configuration names is installed.");
    public static readonly ErrorDefinition LoginInvalid = new("RegistryLoginInvalid", ErrorCategory.InvalidData,
        "Log in to the registry again.");
}
