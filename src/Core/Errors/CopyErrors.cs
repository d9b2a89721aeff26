namespace Compose.Errors;

/// <summary>Errors of copying files into or out of containers, and of exporting and saving containers.</summary>
internal static class CopyErrors
{
    public static readonly ErrorDefinition NoService = new("CopyNeedsService", ErrorCategory.InvalidArgument,
        "Write one side as SERVICE:PATH.");
    public static readonly ErrorDefinition NoPath = new("CopyNeedsPath", ErrorCategory.InvalidArgument,
        "Write SERVICE:PATH; SERVICE:/ is the whole file system.");
    public static readonly ErrorDefinition TwoServices = new("CopyBetweenServices", ErrorCategory.InvalidArgument,
        "Copy to this machine first, then into the other service.");
    public static readonly ErrorDefinition NoSource = new("CopySourceNotFound", ErrorCategory.ObjectNotFound,
        "Check the path; a path in a container is written SERVICE:PATH.");
    public static readonly ErrorDefinition NoDestination = new("CopyDestinationNotFound", ErrorCategory.ObjectNotFound,
        "The directory a copy goes into must exist; only its last part may be new.");
    public static readonly ErrorDefinition NotADirectory = new("CopyNotADirectory", ErrorCategory.InvalidArgument,
        "A path that ends with / or /. means a directory.");
    public static readonly ErrorDefinition DirectoryOverFile = new("CopyDirectoryOverFile", ErrorCategory.ResourceExists,
        "Name a directory, or a path that does not exist yet.");
    public static readonly ErrorDefinition FileOverDirectory = new("CopyFileOverDirectory", ErrorCategory.ResourceExists,
        "Remove the directory first, or copy to another place.");
    public static readonly ErrorDefinition SpecialDestination = new("CopyDestinationSpecial", ErrorCategory.InvalidArgument,
        "The destination must be a directory or a regular file.");
    public static readonly ErrorDefinition ReadOnly = new("CopyDestinationReadOnly", ErrorCategory.PermissionDenied,
        "A container with read_only takes files in its tmpfs and writable volumes alone.");
    public static readonly ErrorDefinition Unreadable = new("CopyReadFailed", ErrorCategory.ReadError,
        "Check that you may read the file, and that no other program has locked it.");
    public static readonly ErrorDefinition Unwritable = new("CopyWriteFailed", ErrorCategory.WriteError,
        "Check that you may write there, and that the disk has room.");
    public static readonly ErrorDefinition BrokenOff = new("CopyBrokenOff", ErrorCategory.WriteError,
        "The disk may be full, or a file is where a directory is needed or the reverse; some files may have been copied.");
    public static readonly ErrorDefinition FileExists = new("ExportFileExists", ErrorCategory.ResourceExists,
        "-Force overwrites it.");
    public static readonly ErrorDefinition ImageName = new("InvalidImageName", ErrorCategory.InvalidArgument,
        "An image is named [REGISTRY/]NAME[:TAG], in small letters, without a digest.");
    public static readonly ErrorDefinition ArchiveDamaged = new("ArchiveDamaged", ErrorCategory.InvalidData,
        "Make the archive again; it is read as tar, without compression.");
    public static readonly ErrorDefinition ArchiveEscapes = new("ArchiveEscapes", ErrorCategory.SecurityError,
        "What the engine sent would write outside of the destination; nothing more of it was unpacked.");
    public static readonly ErrorDefinition EntryRefused = new("ArchiveEntryRefused", ErrorCategory.SecurityError,
        "The rest was copied.");
}
