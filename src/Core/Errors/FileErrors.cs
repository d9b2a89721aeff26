namespace Compose.Errors;

/// <summary>The ids of diagnostics about compose files and environment files.</summary>
internal static class FileErrors
{
    public const string NoFile = "ComposeFileNotFound";
    public const string InSystemDirectory = "ProjectInSystemDirectory";
    public const string IsDirectory = "ComposeFileIsDirectory";
    public const string TooManyFiles = "TooManyComposeFiles";
    public const string Unreadable = "ComposeFileUnreadable";
    public const string InvalidPath = "InvalidPath";
    public const string TooManyLinks = "TooManySymbolicLinks";
    public const string SeveralFiles = "SeveralComposeFiles";
    public const string Empty = "EmptyComposeFile";
    public const string Malformed = "MalformedYaml";
    public const string UnknownAttribute = "UnknownAttribute";
    public const string WrongType = "WrongType";
    public const string MissingAttribute = "MissingAttribute";
    public const string InvalidName = "InvalidName";
    public const string InvalidProjectName = "InvalidProjectName";
    public const string BadInterpolation = "BadInterpolation";
    public const string MissingVariable = "MissingVariable";
    public const string UnsetVariable = "UnsetVariable";
    public const string EnvFileNotFound = "EnvFileNotFound";
    public const string BadEnvFile = "BadEnvFile";
    public const string NotUtf8 = "NotUtf8";
    public const string ObsoleteVersion = "ObsoleteVersion";
    public const string NotCarriedOut = "NotCarriedOut";
    public const string SwarmOnly = "SwarmOnly";
    public const string WithoutEffect = "WithoutEffect";
    public const string ShellWord = "ShellOperatorInCommand";
    public const string IncludeCycle = "IncludeCycle";
    public const string ExtendsCycle = "ExtendsCycle";
    public const string ExtendsNotFound = "ExtendsNotFound";
    public const string CannotOverride = "CannotOverride";
    public const string TooManyItems = "TooManyItems";
    public const string DuplicateItem = "DuplicateItem";
    public const string ExternalConflict = "ExternalConflict";
}
