using Compose.Execute.Copy;

namespace Compose.Execute.Watch;

/// <summary>The files of the rules as last seen, to find deletions and changes without a notification.</summary>
internal sealed class FileSnapshot(IReadOnlyList<WatchRule> rules)
{
    private static readonly StringComparer Names = Path.DirectorySeparatorChar == '\\'
        ? StringComparer.OrdinalIgnoreCase
        : StringComparer.Ordinal;
    private readonly Dictionary<string, Stamp> _known = new(Names);

    /// <summary>
    /// The changes at some paths and below them since the last look, in the order of the paths. A file that is itself among the
    /// paths counts as changed. A deleted directory is one change. A file that replaced a directory, or the reverse, is a
    /// deletion first.
    /// </summary>
    public IReadOnlyList<FileChange> Update(params IReadOnlyCollection<string> paths)
    {
        var named = new HashSet<string>(paths, Names);
        var found = new Dictionary<string, Stamp>(Names);
        foreach (var path in paths)
        {
            if (!found.ContainsKey(path) && HostPaths.Item(path) is { } item)
                Scan(item, found);
        }

        var changes = new List<FileChange>();
        var gone = new HashSet<string>(
            _known.Keys.Where(file => !found.ContainsKey(file) && SelfAndParents(file).Any(named.Contains)), Names);
        changes.AddRange(
            gone.Where(file => !SelfAndParents(file).Skip(1).Any(gone.Contains))
                .Select(file => new FileChange(file, Deleted: true)));
        foreach (var file in gone)
            _known.Remove(file);
        foreach (var (file, stamp) in found.Select(entry => (entry.Key, entry.Value)))
        {
            var isKnown = _known.TryGetValue(file, out var before);
            if (isKnown && before.IsDirectory != stamp.IsDirectory)
                changes.Add(new FileChange(file, Deleted: true));
            if (!isKnown || before != stamp || (!stamp.IsDirectory && named.Contains(file)))
                changes.Add(new FileChange(file, Deleted: false));
            _known[file] = stamp;
        }

        return [.. changes.OrderBy(change => change.Path, StringComparer.Ordinal)];
    }

    /// <summary>A path, then its parent directories, nearest first.</summary>
    private static IEnumerable<string> SelfAndParents(string path)
    {
        for (var at = path; at is not null; at = Path.GetDirectoryName(at))
            yield return at;
    }

    /// <summary>All files of the rules that exist now.</summary>
    public IReadOnlyList<string> Files => [.. _known.Keys.OrderBy(file => file, StringComparer.Ordinal)];

    private void Scan(FileSystemInfo item, Dictionary<string, Stamp> found)
    {
        var directory = item is DirectoryInfo && !HostPaths.IsLink(item) ? (DirectoryInfo)item : null;
        if (directory is not null && rules.All(rule => rule.Prunes(item.FullName)))
            return;
        if (rules.Any(rule => rule.Matches(item.FullName)))
            found[item.FullName] = directory is null
                ? new Stamp(false, (item as FileInfo)?.Exists == true ? ((FileInfo)item).Length : 0, item.LastWriteTimeUtc)
                : new Stamp(true, 0, default);
        foreach (var inner in directory is null ? [] : Items(directory))
            Scan(inner, found);
    }

    /// <summary>The content of a directory; nothing if it was deleted meanwhile.</summary>
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
