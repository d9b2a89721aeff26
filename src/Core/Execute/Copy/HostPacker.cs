using Compose.Errors;
using Compose.Events;
using Compose.Files.Reading;
using Compose.Images.Build;
using Compose.Images.Tar;

namespace Compose.Execute.Copy;

/// <summary>
/// Packs local files with mode, time and owner. Links stay links. Devices, pipes and sockets are skipped with a warning.
/// </summary>
internal sealed class HostPacker(TarWriter tar, CopyProgress meter, IEventSink sink, CancellationToken cancellationToken)
{
    private readonly Dictionary<(ulong, ulong), string> _names = [];

    /// <param name="item">A file, a link, or a directory with its content.</param>
    /// <param name="name">Its name in the archive.</param>
    public Task AddAsync(FileSystemInfo item, string name) => AddAsync(item, name, whole: true);

    /// <summary>Adds a file or link, or a directory without its content.</summary>
    public Task AddAloneAsync(FileSystemInfo item, string name) => AddAsync(item, name, whole: false);

    private async Task AddAsync(FileSystemInfo item, string name, bool whole)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var status = FileStatus.Of(item.FullName);
        var attributes = new TarWriter.Attributes(FileModes.Of(item), item.LastWriteTimeUtc, status.Uid, status.Gid);
        if (FileModes.LinkTarget(item) is { } target)
            await tar.AddLinkAsync(name, target.Replace('\\', '/'), attributes, cancellationToken).ConfigureAwait(false);
        else if (item is DirectoryInfo directory)
            await DirectoryAsync(directory, name, attributes, whole).ConfigureAwait(false);
        else if (status.IsSpecial)
            sink.Emit(new WarningEvent($"'{item.FullName}' is a device, a pipe or a socket, and was not copied."));
        else if (status.Node is { } node && _names.TryGetValue(node, out var first))
            await tar.AddHardLinkAsync(name, first, attributes, cancellationToken).ConfigureAwait(false);
        else
            await FileAsync(item, name, attributes, status.Node).ConfigureAwait(false);
        meter.Item();
    }

    private async Task DirectoryAsync(DirectoryInfo directory, string name, TarWriter.Attributes attributes, bool whole)
    {
        await tar.AddDirectoryAsync(name, attributes, cancellationToken).ConfigureAwait(false);
        foreach (var item in whole ? DirectoryItems.Of(directory, Unreadable) : [])
            await AddAsync(item, name + "/" + item.Name).ConfigureAwait(false);
    }

    private async Task FileAsync(FileSystemInfo item, string name, TarWriter.Attributes attributes, (ulong, ulong)? node)
    {
        using var content = Open(item.FullName);
        using var metered = new MeteredStream(content, meter);
        try
        {
            await tar.AddFileAsync(name, metered, content.Length, attributes, cancellationToken).ConfigureAwait(false);
            if (node is { } shared)
                _names[shared] = name;
        }
        catch (IOException exception) when (metered.Failed)
        {
            throw Unreadable(item.FullName, exception);
        }
    }

    private static FileStream Open(string path)
    {
        try
        {
            return new FileStream(
                path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, 64 * 1024, useAsync: true);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw Unreadable(path, exception);
        }
    }

    private static ComposeException Unreadable(string path, Exception exception) =>
        CopyErrors.Unreadable.Exception($"'{path}' cannot be read: {exception.Message}", path, inner: exception);

    /// <summary>Counts what is read, and marks errors of reading, to tell them from errors of sending.</summary>
    private sealed class MeteredStream(Stream inner, CopyProgress meter) : Stream
    {
        public bool Failed { get; private set; }
        public override bool CanRead => true;
        public override bool CanSeek => false;
        public override bool CanWrite => false;
        public override long Length => inner.Length;
        public override long Position { get => inner.Position; set => throw new NotSupportedException(); }

        public override async Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken)
        {
            Failed = true;
            var read = await inner.ReadAsync(buffer, offset, count, cancellationToken).ConfigureAwait(false);
            // A file that became shorter is an error of reading, too.
            Failed = read == 0;
            meter.Add(read);
            return read;
        }

        public override int Read(byte[] buffer, int offset, int count) =>
            throw new NotSupportedException("Files are read asynchronously.");
        public override void Flush() { }
        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
        public override void SetLength(long value) => throw new NotSupportedException();
        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
