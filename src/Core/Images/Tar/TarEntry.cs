namespace Compose.Images.Tar;

/// <summary>The kind of a tar entry.</summary>
internal enum TarEntryKind
{
    File,
    HardLink,
    SymbolicLink,
    Directory,

    /// <summary>A device, a pipe, or an unsupported kind.</summary>
    Other,
}

/// <summary>The header of a tar entry. Its values are not checked: a name may lead out of the destination.</summary>
/// <param name="Name">The path in the archive.</param>
/// <param name="Kind">The kind of entry.</param>
/// <param name="Length">The length of its content in bytes.</param>
/// <param name="LinkName">The target of a link; empty for other entries.</param>
/// <param name="Attributes">The owner, permission bits and time.</param>
internal sealed record TarEntry(string Name, TarEntryKind Kind, long Length, string LinkName, TarWriter.Attributes Attributes);
