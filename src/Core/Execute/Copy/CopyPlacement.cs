using Compose.Errors;

namespace Compose.Execute.Copy;

/// <summary>The source of a copy.</summary>
/// <param name="Path">The path, for messages.</param>
/// <param name="ArchiveName">The first name of its entries in the archive; a dot for the content of a directory.</param>
/// <param name="Name">Its name when it is copied into a directory: a followed link keeps the link's name.</param>
/// <param name="IsDirectory">Whether it is a directory.</param>
internal sealed record CopySource(string Path, string ArchiveName, string Name, bool IsDirectory);

/// <summary>The destination of a copy, with links followed.</summary>
internal sealed record CopyTarget
{
    /// <summary>The path, for messages.</summary>
    public required string Path { get; init; }

    /// <summary>The path without a directory mark at its end.</summary>
    public required string Full { get; init; }

    /// <summary>Its directory.</summary>
    public required string Directory { get; init; }
    public required string Name { get; init; }

    /// <summary>Whether the path's end says that it is a directory.</summary>
    public bool AssertsDirectory { get; init; }
    public bool Exists { get; init; }
    public bool IsDirectory { get; init; }
}

/// <summary>Where to unpack an archive, and how to rename the entries' first name. The rules are docker cp's.</summary>
/// <param name="Directory">The directory to unpack in.</param>
/// <param name="From">The first name of the entries.</param>
/// <param name="To">Its replacement.</param>
internal sealed record CopyPlacement(string Directory, string From, string To)
{
    /// <exception cref="ComposeException">CopyDirectoryOverFile or CopyDestinationNotFound.</exception>
    public static CopyPlacement Of(CopySource source, CopyTarget target)
    {
        if (target is { Exists: true, IsDirectory: true })
            return new CopyPlacement(target.Full, source.ArchiveName, source.Name);
        if (target.Exists && target.AssertsDirectory)
            throw CopyErrors.NotADirectory.Exception($"'{target.Path}' is not a directory.", target.Path);
        if (target.Exists && source.IsDirectory)
            throw CopyErrors.DirectoryOverFile.Exception(
                $"The directory '{source.Path}' cannot be copied over the file '{target.Path}'.", target.Path);
        if (!target.Exists && !source.IsDirectory && target.AssertsDirectory)
            throw CopyErrors.NoDestination.Exception($"There is no directory '{target.Path}'.", target.Path);
        return new CopyPlacement(target.Directory, source.ArchiveName, target.Name);
    }

    /// <summary>An entry's name at the destination; null for an entry that was not asked for.</summary>
    /// <param name="entry">The parts of the entry's name.</param>
    public IReadOnlyList<string>? Place(IReadOnlyList<string> entry)
    {
        var isWhole = From is "." or "/";
        if (!isWhole && (entry.Count == 0 || entry[0] != From))
            return null;
        var below = entry.Skip(isWhole ? 0 : 1);
        return [.. To is "." or "/" ? [] : new[] { To }, .. below];
    }
}
