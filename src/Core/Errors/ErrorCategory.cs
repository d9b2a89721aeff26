namespace Compose.Errors;

/// <summary>The kind of an error. Each name is also a name of PowerShell's error categories.</summary>
public enum ErrorCategory
{
    NotSpecified,
    ConnectionError,
    InvalidArgument,
    InvalidData,
    InvalidOperation,
    LimitsExceeded,
    NotImplemented,
    ObjectNotFound,
    OperationStopped,
    OperationTimeout,
    ParserError,
    PermissionDenied,
    ReadError,
    ResourceBusy,
    ResourceExists,
    ResourceUnavailable,
    SecurityError,
    WriteError,
}
