namespace Compose.Execute.Copy;

/// <summary>A file that appears under its name whole, or not at all: it is written beside it, then moved.</summary>
internal sealed class PendingFile(string path) : IDisposable
{
    private bool _committed;

    /// <summary>Where it is written.</summary>
    public string Temporary { get; } = System.IO.Path.Combine(
        System.IO.Path.GetDirectoryName(path) ?? path, "." + Guid.NewGuid().ToString("N") + ".partial");

    /// <summary>Writes all that is read.</summary>
    /// <param name="buffer">Is filled, again and again.</param>
    /// <param name="read">Fills the buffer; 0 at the end.</param>
    /// <param name="count">Is told what was written.</param>
    public async Task WriteAsync(byte[] buffer, Func<byte[], Task<int>> read, Action<long> count)
    {
        using var stream = Create();
        int filled;
        while ((filled = await read(buffer).ConfigureAwait(false)) > 0)
        {
            // The pool would do just this on another thread; of many small files the change of threads is what takes time.
            stream.Write(buffer, 0, filled);
            count(filled);
        }
    }

    /// <summary>Nobody else may read it before it has its own mode.</summary>
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

    /// <summary>Gives the file its name; a file or link that had it is gone then.</summary>
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
