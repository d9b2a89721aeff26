namespace Compose.Errors;

/// <summary>Errors in a cmdlet's parameters or input.</summary>
internal static class ModuleErrors
{
    public static readonly ErrorDefinition ConflictingParameters = new("ConflictingParameters", ErrorCategory.InvalidArgument,
        "Leave one of them out.");
    public static readonly ErrorDefinition ServiceRequired = new("ServiceRequired", ErrorCategory.InvalidArgument,
        "Name the services with -Service.");
    public static readonly ErrorDefinition MisplacedArgument = new("MisplacedArgument", ErrorCategory.InvalidArgument,
        "Write -- between the service and the command; everything after it belongs to the command.");
    public static readonly ErrorDefinition NotAComposeObject = new("NotAComposeObject", ErrorCategory.InvalidArgument,
        "Pipe what a cmdlet of this module returned, or name the project with -ProjectName.");
    public static readonly ErrorDefinition UnusableProperty = new("UnusableProperty", ErrorCategory.InvalidArgument,
        "Pass what a cmdlet of this module returned, or name the services with -Service.");
    public static readonly ErrorDefinition ProjectFilesNotFound = new("ProjectFilesNotFound", ErrorCategory.ObjectNotFound,
        "Name the compose files with -Path.");
    public static readonly ErrorDefinition NotAComposePlan = new("NotAComposePlan", ErrorCategory.InvalidArgument,
        "Pass what Get-ComposePlan returned, or what Import-CliXml read back of it.");
    public static readonly ErrorDefinition PlanChanged = new("PlanChanged", ErrorCategory.InvalidOperation,
        "Look at the new plan, which is the target of this error, or make one with Get-ComposePlan.");
    public static readonly ErrorDefinition NothingToDescribe = new("NothingToDescribe", ErrorCategory.InvalidArgument,
        "Name containers with -Container, or a project with -ProjectName.");
    public static readonly ErrorDefinition OutFileNotWritable = new("OutFileNotWritable", ErrorCategory.WriteError,
        "Name a file in a directory that exists and may be written to.");
    public static readonly ErrorDefinition NotFileSystemPath = new("NotFileSystemPath", ErrorCategory.InvalidArgument,
        "Name a file of the file system; other drives hold no compose files.");
    public static readonly ErrorDefinition AmbiguousPath = new("AmbiguousPath", ErrorCategory.InvalidArgument,
        "Name the files one by one, base first.");
    public static readonly ErrorDefinition NoFile = new(FileErrors.NoFile, ErrorCategory.ObjectNotFound,
        "Check the pattern; without -Path the compose file is searched for from the current directory upwards.");
}
