using Compose.Engine.Api;
using Compose.Errors;
using Compose.Files.Reading;
using Compose.Images.Tar;

namespace Compose.Images.Build;

/// <summary>
/// Writes the files of a build context to a tar archive, with their modes and times. As in docker, root becomes the owner, links
/// stay links, and sockets are left out.
/// </summary>
/// <param name="tar">The archive.</param>
/// <param name="takes">Whether to send a file or directory, by its path in the context.</param>
/// <param name="opens">Whether to search a directory that is not sent.</param>
internal sealed class ContextPacker(TarWriter tar, Func<string, bool> takes, Func<string, bool> opens)
{
    /// <summary>Files up to this size are read at once, which is faster: most files of a context are small.</summary>
    private const int SmallFile = 64 * 1024;

    /// <summary>The character that .NET puts for bytes that are not UTF-8.</summary>
    private const char Replacement = '\uFFFD';
    private readonly byte[] _small = new byte[SmallFile];
    private readonly Dictionary<(ulong, ulong), string> _names = [];

    /// <exception cref="ComposeException">A file cannot be read, or has a name that cannot be sent.</exception>
    public Task AddAsync(DirectoryInfo directory) => AddAsync(directory, "");

    /// <summary>
    /// Whether more than <paramref name="count"/> files and directories are sent, and whether one of them is from before 1970.
    /// Stops at the first result that is certain.
    /// </summary>
    public static (bool IsLarge, bool IsEarly) Survey(int count, DirectoryInfo directory, Func<string, bool> takes)
    {
        var left = new Stack<(DirectoryInfo Directory, string Prefix)>([(directory, "")]);
        var files = 0;
        var isEarly = false;
        while (left.Count > 0 && files <= count)
        {
            var (next, prefix) = left.Pop();
            var sent = DirectoryItems.Of(next, Unreadable).Where(item => takes(prefix + item.Name));
            foreach (var item in sent.Where(item => FileModes.LinkTarget(item) is null))
            {
                files++;
                isEarly |= item.LastWriteTimeUtc < UnixTime.Epoch;
                if (item is DirectoryInfo inner)
                    left.Push((inner, prefix + item.Name + "/"));
            }
        }

        return (files > count, isEarly);
    }

    private async Task AddAsync(DirectoryInfo directory, string prefix)
    {
        foreach (var item in DirectoryItems.Of(directory, Unreadable))
        {
            var name = prefix + item.Name;
            var taken = takes(name);
            if (taken)
                await AddAsync(item, name).ConfigureAwait(false);
            if (item is DirectoryInfo inner && (taken || opens(name)) && FileModes.LinkTarget(item) is null)
                await AddAsync(inner, name + "/").ConfigureAwait(false);
        }
    }

    private async Task AddAsync(FileSystemInfo item, string name)
    {
        if (item.Name.IndexOf(Replacement) >= 0 && !File.Exists(item.FullName) && !Directory.Exists(item.FullName))
        {
            throw ImageErrors.ContextName.Exception(
                $"The build's context has a file whose name is not UTF-8: '{item.FullName}'.", item.FullName);
        }

        var attributes = new TarWriter.Attributes(FileModes.Of(item), item.LastWriteTimeUtc);
        if (FileModes.LinkTarget(item) is { } target)
            await tar.AddLinkAsync(name, target.Replace('\\', '/'), attributes, CancellationToken.None).ConfigureAwait(false);
        else if (item is DirectoryInfo)
            await tar.AddDirectoryAsync(name, attributes, CancellationToken.None).ConfigureAwait(false);
        else
            await FileAsync((FileInfo)item, name, attributes).ConfigureAwait(false);
    }

    private async Task FileAsync(FileInfo file, string name, TarWriter.Attributes attributes)
    {
        var status = FileStatus.Of(file.FullName);
        if (status.IsPipe)
            await tar.AddPipeAsync(name, attributes, CancellationToken.None).ConfigureAwait(false);
        else if (status.Node is { } node && _names.TryGetValue(node, out var first))
            await tar.AddHardLinkAsync(name, first, attributes, CancellationToken.None).ConfigureAwait(false);
        else if (!status.IsSpecial)
            await ContentAsync(file, name, attributes, status).ConfigureAwait(false);
    }

    private async Task ContentAsync(FileInfo file, string name, TarWriter.Attributes attributes, FileStatus status)
    {
        try
        {
            using var content = Open(file);
            await tar.AddFileAsync(name, content, content.Length, attributes, CancellationToken.None).ConfigureAwait(false);
        }
        catch (IOException exception) when (tar.IsReading)
        {
            throw Unreadable(file.FullName, exception);
        }

        if (status.Node is { } node)
            _names[node] = name;
    }

    /// <summary>Opens a file for reading. The caller has excluded pipes, which would block.</summary>
    private Stream Open(FileInfo file)
    {
        try
        {
            if (file.Length >= SmallFile)
                return OpenShared(file, SmallFile, useAsync: true);
            using var content = OpenShared(file, bufferSize: 1, useAsync: false);
            var length = 0;
            while (length < _small.Length && content.Read(_small, length, _small.Length - length) is > 0 and var read)
                length += read;
            return new MemoryStream(_small, 0, length, writable: false);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw Unreadable(file.FullName, exception);
        }
    }

    /// <summary>Opens a file so that other processes can still write or delete it.</summary>
    private static FileStream OpenShared(FileInfo file, int bufferSize, bool useAsync) =>
        new(file.FullName, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize, useAsync);

    private static ComposeException Unreadable(string path, Exception exception) => ImageErrors.ContextUnreadable.Exception(
        $"The build's context cannot be read: {exception.Message}", path, inner: exception);
}
