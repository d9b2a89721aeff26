using Compose.Errors;

namespace Compose.Execute.Copy;

/// <summary>What is copied.</summary>
/// <param name="Path">The path, for messages.</param>
/// <param name="ArchiveName">What its entries in the archive begin with; a dot where the content of a directory is meant.</param>
/// <param name="Name">Its name within a directory it is copied into: a followed link keeps its own.</param>
/// <param name="IsDirectory">Whether it is a directory.</param>
internal sealed record CopySource(string Path, string ArchiveName, string Name, bool IsDirectory);

/// <summary>Where it is copied to, links followed.</summary>
internal sealed record CopyTarget
{
    /// <summary>The path, for messages.</summary>
    public required string Path { get; init; }

    /// <summary>The path without what asserts a directory.</summary>
    public required string Full { get; init; }

    /// <summary>The directory it stands in.</summary>
    public required string Directory { get; init; }
    public required string Name { get; init; }

    /// <summary>Whether the path says that it is a directory.</summary>
    public bool AssertsDirectory { get; init; }
    public bool Exists { get; init; }
    public bool IsDirectory { get; init; }
}

/// <summary>Where an archive is unpacked, and what the entries' first name becomes there. The rules are docker cp's.</summary>
/// <param name="Directory">The directory to unpack in.</param>
/// <param name="From">What the entries' names begin with.</param>
/// <param name="To">What that becomes.</param>
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

    /// <summary>An entry's name at the destination; null for an entry beside what was asked for.</summary>
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
