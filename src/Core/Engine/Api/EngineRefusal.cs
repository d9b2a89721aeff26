namespace Compose.Engine.Api;

/// <summary>
/// The kinds of refusals that share an error id with others, but that some caller answers in its own way. Not shown to users.
/// </summary>
internal enum EngineRefusal
{
    /// <summary>No caller has an answer of its own.</summary>
    Other,

    /// <summary>The container's file system, or the volume at the path, is read-only.</summary>
    ReadOnly,

    /// <summary>A path has a slash at its end, but is a file.</summary>
    NotADirectory,

    /// <summary>The engine cannot do it for this container. So answers a log driver whose logs cannot be read.</summary>
    NotSupported,

    /// <summary>The user who shall own the files has no name in the container, as one that is given by number.</summary>
    UnknownUser,
}
