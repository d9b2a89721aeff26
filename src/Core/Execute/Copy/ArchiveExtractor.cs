using Compose.Errors;
using Compose.Events;
using Compose.Images.Tar;

namespace Compose.Execute.Copy;

/// <summary>
/// Unpacks an archive into a local directory. It never writes through a link in that directory, files appear only when they are
/// complete, and directories and files never replace each other.
/// </summary>
internal sealed class ArchiveExtractor(CopyPlacement placement, CopyProgress meter, IEventSink sink)
{
    private static readonly bool OnWindows = Path.DirectorySeparatorChar == '\\';
    private readonly byte[] _buffer = new byte[64 * 1024];
    private readonly HashSet<string> _directories = new(StringComparer.Ordinal);
    private readonly HashSet<string> _files = new(StringComparer.Ordinal);
    private readonly List<(string Path, TarWriter.Attributes Attributes)> _finish = [];
    private readonly TakenNames _taken = new();
    private readonly HashSet<string> _refused = new(StringComparer.Ordinal);

    /// <summary>Whether names must be valid on Windows.</summary>
    public bool Windows { get; init; } = OnWindows;

    public async Task ExtractAsync(TarReader tar, CancellationToken cancellationToken)
    {
        while (await tar.NextAsync(cancellationToken).ConfigureAwait(false) is { } entry)
        {
            if (placement.Place(ArchiveNames.Parts(entry.Name)) is not { } parts)
            {
                Refuse(entry.Name, "it was not asked for");
                continue;
            }

            if (InvalidReason(parts) is { } why)
            {
                Refuse(entry.Name, why);
                continue;
            }

            await OneAsync(tar, entry, parts, cancellationToken).ConfigureAwait(false);
        }

        // Directories get their time and mode last, because writing into them would change the time.
        for (var index = _finish.Count - 1; index >= 0; index--)
            Apply(_finish[index].Path, _finish[index].Attributes, isDirectory: true);
    }

    private string? InvalidReason(IReadOnlyList<string> parts)
    {
        if (ArchiveNames.InvalidReason(parts, Windows) is { } why)
            return why;
        var earlier = Windows ? _taken.Clash(parts) : null;
        return earlier is null ? null : $"to Windows it has the name of '{earlier}', which was copied";
    }

    private async Task OneAsync(TarReader tar, TarEntry entry, IReadOnlyList<string> parts, CancellationToken cancellationToken)
    {
        var path = Locate(parts, entry.Name);
        try
        {
            switch (entry.Kind)
            {
                case TarEntryKind.Directory:
                    MakeDirectory(path);
                    _finish.Add((path, entry.Attributes));
                    break;
                case TarEntryKind.File:
                    await FileAsync(tar, path, entry.Attributes, cancellationToken).ConfigureAwait(false);
                    break;
                case TarEntryKind.HardLink:
                    if (!HardLinkTo(entry, path))
                        return;
                    break;
                case TarEntryKind.SymbolicLink:
                    if (!LinkTo(entry, parts, path))
                        return;
                    break;
                default:
                    Refuse(entry.Name, "it is a device or a pipe");
                    return;
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw Unwritable(path, exception);
        }

        meter.Item();
    }

    /// <summary>Creates the directories of an entry and returns its path; a link among them is an error.</summary>
    private string Locate(IReadOnlyList<string> parts, string name)
    {
        var path = placement.Directory;
        for (var index = 0; index < parts.Count - 1; index++)
        {
            path = Path.Combine(path, parts[index]);
            if (!_directories.Add(path))
                continue;
            var item = HostPaths.Item(path);
            if (item is not null && HostPaths.IsLink(item))
                throw ArchiveNames.Escapes(name, $"a name below the link '{path}'");
            try
            {
                MakeDirectory(path);
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                throw Unwritable(path, exception);
            }
        }

        return parts.Count == 0 ? path : Path.Combine(path, parts[parts.Count - 1]);
    }

    private static void MakeDirectory(string path)
    {
        var item = HostPaths.Item(path);
        if (item is FileInfo || (item is not null && HostPaths.IsLink(item)))
            throw CopyErrors.DirectoryOverFile.Exception($"A directory cannot be copied over the file '{path}'.", path);
        if (item is null)
            Directory.CreateDirectory(path);
    }

    private async Task FileAsync(TarReader tar, string path, TarWriter.Attributes attributes, CancellationToken cancellationToken)
    {
        RefuseDirectory(path);
        using var file = new PendingFile(path);
        await file.WriteAsync(_buffer, buffer => tar.ReadAsync(buffer, cancellationToken), meter.Add).ConfigureAwait(false);
        Apply(file.Temporary, attributes, isDirectory: false);
        file.Commit();
        _files.Add(path);
    }

    /// <summary>A hard link, allowed only to a file of this archive.</summary>
    private bool HardLinkTo(TarEntry entry, string path)
    {
        var linked = ArchiveNames.Parts(entry.LinkName);
        if (_refused.Contains(string.Join("/", linked)))
        {
            Refuse(entry.Name, $"it is a second name of '{entry.LinkName}', which was not copied either");
            return false;
        }

        if (placement.Place(linked) is not { } parts)
            throw MissingLinkTarget(entry);
        var file = Locate(parts, entry.LinkName);
        if (!_files.Contains(file) || HostPaths.Item(file) is not FileInfo target || HostPaths.IsLink(target))
            throw MissingLinkTarget(entry);
        if (path == file)
            return true;
        RefuseDirectory(path);
        Remove(path);
        if (!HardLink.TryCreate(file, path))
            File.Copy(file, path);
        _files.Add(path);
        return true;
    }

    private bool LinkTo(TarEntry entry, IReadOnlyList<string> parts, string path)
    {
        if (!ArchiveNames.StaysWithin(parts, entry.LinkName, Windows))
        {
            Refuse(entry.Name, $"it links to '{entry.LinkName}', outside of what is copied");
            return false;
        }

        RefuseDirectory(path);
#if NET
        try
        {
            Remove(path);
            File.CreateSymbolicLink(path, entry.LinkName);
            _files.Remove(path);
            return true;
        }
        catch (Exception exception) when (OnWindows && exception is IOException or UnauthorizedAccessException)
        {
            Refuse(entry.Name, $"this user may not make links ({exception.Message})");
            return false;
        }
#else
        Refuse(entry.Name, "Windows PowerShell cannot make links");
        return false;
#endif
    }

    private static void RefuseDirectory(string path)
    {
        if (HostPaths.Item(path) is DirectoryInfo directory && !HostPaths.IsLink(directory))
            throw CopyErrors.FileOverDirectory.Exception($"A file cannot be copied over the directory '{path}'.", path);
    }

    /// <summary>Removes a file or a link. On Windows, a link to a directory is a directory.</summary>
    private static void Remove(string path)
    {
        if (OnWindows && Directory.Exists(path))
            Directory.Delete(path);
        else
            File.Delete(path);
    }

    /// <summary>Sets time and mode, without set-uid and set-gid, which were meant for another owner.</summary>
    private static void Apply(string path, TarWriter.Attributes attributes, bool isDirectory)
    {
#if NET
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(path, (UnixFileMode)attributes.Mode & ~(UnixFileMode.SetUser | UnixFileMode.SetGroup));
#endif
        if (isDirectory)
            Directory.SetLastWriteTimeUtc(path, attributes.Modified);
        else
            File.SetLastWriteTimeUtc(path, attributes.Modified);
    }

    private void Refuse(string name, string why)
    {
        _refused.Add(string.Join("/", ArchiveNames.Parts(name)));
        sink.Emit(new ErrorEvent(CopyErrors.EntryRefused.Info($"'{name}' was not copied: {why}.", name)));
    }

    private static ComposeException MissingLinkTarget(TarEntry entry) =>
        ArchiveNames.Escapes(entry.Name, $"a second name of what it did not bring ('{entry.LinkName}')");

    private static ComposeException Unwritable(string path, Exception exception) =>
        CopyErrors.Unwritable.Exception($"'{path}' cannot be written: {exception.Message}", path, inner: exception);
}
