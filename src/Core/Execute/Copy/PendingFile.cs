namespace Compose.Execute.Copy;

/// <summary>A file that gets its name only when it is complete: it is written under another name, then moved.</summary>
internal sealed class PendingFile(string path) : IDisposable
{
    private bool _committed;

    /// <summary>The temporary path.</summary>
    public string Temporary { get; } = System.IO.Path.Combine(
        System.IO.Path.GetDirectoryName(path) ?? path, "." + Guid.NewGuid().ToString("N") + ".partial");

    /// <summary>Writes everything that the reader returns.</summary>
    /// <param name="buffer">The buffer to read into.</param>
    /// <param name="read">Fills the buffer; 0 at the end.</param>
    /// <param name="count">Receives the number of bytes after each write.</param>
    public async Task WriteAsync(byte[] buffer, Func<byte[], Task<int>> read, Action<long> count)
    {
        using var stream = Create();
        int filled;
        while ((filled = await read(buffer).ConfigureAwait(false)) > 0)
        {
            // An asynchronous write would do the same on another thread; with many small files, switching threads is what takes
            // time.
            stream.Write(buffer, 0, filled);
            count(filled);
        }
    }

    /// <summary>Other users must not read the file before it has its final mode.</summary>
    private FileStream Create()
    {
#if NET
        var options = new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.Write,
            Share = FileShare.None,
            BufferSize = 0,
        };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        return new FileStream(Temporary, options);
#else
        return new FileStream(Temporary, FileMode.CreateNew, FileAccess.Write, FileShare.None, 1);
#endif
    }

    /// <summary>Gives the file its name, and replaces a file or link of that name.</summary>
    public void Commit()
    {
#if NET
        File.Move(Temporary, path, overwrite: true);
#else
        if (File.Exists(path))
        {
            File.SetAttributes(path, FileAttributes.Normal);
            File.Replace(Temporary, path, null);
        }
        else
        {
            File.Move(Temporary, path);
        }
#endif
        _committed = true;
    }

    public void Dispose()
    {
        if (!_committed)
            File.Delete(Temporary);
    }
}
