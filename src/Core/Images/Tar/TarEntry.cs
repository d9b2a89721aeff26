namespace Compose.Images.Tar;

/// <summary>What an entry of a tar archive is.</summary>
internal enum TarEntryKind
{
    File,
    HardLink,
    SymbolicLink,
    Directory,

    /// <summary>A device, a pipe, or what this reader does not know.</summary>
    Other,
}

/// <summary>The head of one entry of a tar archive, as it was written: nothing of it has been judged.</summary>
/// <param name="Name">The path in the archive.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Length">The octets of content that follow.</param>
/// <param name="LinkName">What a link points to; empty otherwise.</param>
/// <param name="Attributes">Owner, permission bits and time.</param>
internal sealed record TarEntry(string Name, TarEntryKind Kind, long Length, string LinkName, TarWriter.Attributes Attributes);
