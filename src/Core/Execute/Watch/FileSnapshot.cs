using Compose.Execute.Copy;

namespace Compose.Execute.Watch;

/// <summary>The files the rules are about as they were last seen: what tells a deletion, and what changed while nobody told of it.</summary>
internal sealed class FileSnapshot(IReadOnlyList<WatchRule> rules)
{
    private readonly Dictionary<string, Stamp> _known = new(Path.DirectorySeparatorChar == '\\' ? StringComparer.OrdinalIgnoreCase : StringComparer.Ordinal);

    /// <summary>What has changed at a path and below it since it was last seen. A file named itself counts as changed.</summary>
    public IReadOnlyList<FileChange> Update(string path)
    {
        var found = new Dictionary<string, Stamp>(_known.Comparer);
        if (HostPaths.Item(path) is { } item)
            Scan(item, found);
        var changes = new List<FileChange>();
        foreach (var (file, stamp) in found.Select(entry => (entry.Key, entry.Value)))
        {
            if (!_known.TryGetValue(file, out var before) || before != stamp || (_known.Comparer.Equals(file, path) && !stamp.IsDirectory))
                changes.Add(new FileChange(file, Deleted: false));
            _known[file] = stamp;
        }

        // Of a directory that went, itself comes first: the rest goes with it.
        foreach (var file in _known.Keys.Where(file => !found.ContainsKey(file) && WatchRule.Relative(path, file) is not null).OrderBy(file => file.Length).ToList())
        {
            _known.Remove(file);
            if (!changes.Any(change => change.Deleted && WatchRule.Relative(change.Path, file) is not null))
                changes.Add(new FileChange(file, Deleted: true));
        }

        return changes;
    }

    /// <summary>All files of the rules that are there now.</summary>
    public IReadOnlyList<string> Files => [.. _known.Keys.OrderBy(file => file, StringComparer.Ordinal)];

    private void Scan(FileSystemInfo item, Dictionary<string, Stamp> found)
    {
        var directory = item is DirectoryInfo && !HostPaths.IsLink(item) ? (DirectoryInfo)item : null;
        if (directory is not null && rules.All(rule => rule.Prunes(item.FullName)))
            return;
        if (rules.Any(rule => rule.Matches(item.FullName)))
            found[item.FullName] = directory is null ? new Stamp(false, (item as FileInfo)?.Exists == true ? ((FileInfo)item).Length : 0, item.LastWriteTimeUtc) : new Stamp(true, 0, default);
        foreach (var inner in directory is null ? [] : Items(directory))
            Scan(inner, found);
    }

    /// <summary>What is in a directory; nothing of one that went while we looked.</summary>
    private static IReadOnlyList<FileSystemInfo> Items(DirectoryInfo directory)
    {
        try
        {
            return directory.GetFileSystemInfos();
        }
        catch (Exception exception) when (exception is DirectoryNotFoundException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    private readonly record struct Stamp(bool IsDirectory, long Length, DateTime Modified);
}
