using System.Runtime.InteropServices;
using Compose.Streams.Terminal;

namespace Compose.Module.Terminal;

/// <summary>A terminal of Linux or macOS in raw mode. Disposing it restores its settings.</summary>
internal sealed class UnixTerminal : ITerminal
{
    private const int Input = 0;
    private const int Output = 1;
    private const int Now = 0;
    private const short Readable = 1;

    /// <summary>More than the size of struct termios on any system.</summary>
    private const int SettingsLength = 256;

    /// <summary>
    /// The size of a flags field. struct termios begins with c_iflag and c_oflag: uint on Linux, ulong on macOS.
    /// </summary>
    private static readonly int FlagLength = RuntimeInformation.IsOSPlatform(OSPlatform.OSX) ? 8 : 4;
    private readonly byte[] _settings = new byte[SettingsLength];
    private readonly int[] _wake = new int[2];
    private readonly Func<(int, int)> _size;
    private readonly WindowChange _change = new();
    private readonly object _lock = new();
    private bool _isReading;
    private bool _isRestored;

    /// <param name="size">Returns the columns and rows.</param>
    /// <param name="keysOnly">Whether to keep output processing, so that a line end still returns to the first column.</param>
    public UnixTerminal(Func<(int, int)> size, bool keysOnly)
    {
        _size = size;
        if (NativeMethods.pipe(_wake) != 0 || NativeMethods.tcgetattr(Input, _settings) != 0)
            throw new IOException("The terminal's settings cannot be read.");
        var raw = (byte[])_settings.Clone();
        NativeMethods.cfmakeraw(raw);
        if (keysOnly)
            Buffer.BlockCopy(_settings, FlagLength, raw, FlagLength, FlagLength);
        if (NativeMethods.tcsetattr(Input, Now, raw) != 0)
            throw new IOException("The terminal's settings cannot be changed.");
    }

    public static bool IsAvailable => NativeMethods.isatty(Input) == 1 && NativeMethods.isatty(Output) == 1;

    public (int Columns, int Rows) Size => _size();

    public Task ResizedAsync(CancellationToken cancellationToken) => _change.NextAsync(cancellationToken);

    public async Task<int> ReadAsync(byte[] buffer, CancellationToken cancellationToken)
    {
        using var waking = cancellationToken.Register(Wake);
        // A thread of its own: on a small machine the pool has two threads, and this one blocks until a key is pressed.
        var read = await Task.Factory.StartNew(
            () => ReadOnce(buffer), CancellationToken.None, TaskCreationOptions.LongRunning,
            TaskScheduler.Default).ConfigureAwait(false);
        cancellationToken.ThrowIfCancellationRequested();
        return read;
    }

    public void Write(byte[] buffer, int offset, int count)
    {
        var rest = offset == 0 ? buffer : buffer.AsSpan(offset, count).ToArray();
        while (count > 0)
        {
            var written = (int)NativeMethods.write(Output, rest, (nuint)count);
            if (written <= 0 && Marshal.GetLastWin32Error() != NativeMethods.Interrupted)
                return;
            if (written <= 0)
                continue;
            count -= written;
            rest = count == 0 ? rest : rest.AsSpan(written, count).ToArray();
        }
    }

    public void Dispose()
    {
        lock (_lock)
        {
            if (_isRestored)
                return;
            _ = NativeMethods.tcsetattr(Input, Now, _settings);
            _isRestored = true;
            _change.Dispose();
            _ = NativeMethods.write(_wake[1], [0], 1);
            if (!_isReading)
                CloseWake();
        }
    }

    private int ReadOnce(byte[] buffer)
    {
        lock (_lock)
        {
            if (_isRestored)
                return 0;
            _isReading = true;
        }

        var read = Read(buffer);
        lock (_lock)
        {
            _isReading = false;
            if (_isRestored)
                CloseWake();
        }

        return read;
    }

    /// <summary>Closes the pipe that wakes the reader. Dispose or the reader calls it, whichever is last.</summary>
    private void CloseWake()
    {
        _ = NativeMethods.close(_wake[0]);
        _ = NativeMethods.close(_wake[1]);
    }

    /// <summary>Reads the typed bytes. Returns 0 if it was woken, or the terminal is closed.</summary>
    private int Read(byte[] buffer)
    {
        var waiting = new[]
        {
            new NativeMethods.Poll { File = Input, Events = Readable },
            new NativeMethods.Poll { File = _wake[0], Events = Readable },
        };
        while (NativeMethods.poll(waiting, (nuint)waiting.Length, -1) < 0)
        {
            // Interrupted by a signal, such as SIGWINCH: wait again.
            if (Marshal.GetLastWin32Error() != NativeMethods.Interrupted)
                return 0;
        }

        return waiting[1].Happened != 0 ? 0 : Math.Max(0, (int)NativeMethods.read(Input, buffer, (nuint)buffer.Length));
    }

    private void Wake()
    {
        lock (_lock)
        {
            if (!_isRestored)
                _ = NativeMethods.write(_wake[1], [0], 1);
        }
    }

    private static class NativeMethods
    {
        /// <summary>EINTR.</summary>
        public const int Interrupted = 4;

        [DllImport("libc", SetLastError = true)]
        public static extern int tcgetattr(int file, [Out] byte[] settings);

        [DllImport("libc", SetLastError = true)]
        public static extern int tcsetattr(int file, int when, byte[] settings);

        [DllImport("libc")]
        public static extern void cfmakeraw([In, Out] byte[] settings);

        [DllImport("libc")]
        public static extern int isatty(int file);

        [DllImport("libc", SetLastError = true)]
        public static extern int pipe([Out] int[] ends);

        [DllImport("libc")]
        public static extern int close(int file);

        [DllImport("libc", SetLastError = true)]
        public static extern int poll([In, Out] Poll[] files, nuint count, int milliseconds);

        [DllImport("libc", SetLastError = true)]
        public static extern nint read(int file, [Out] byte[] buffer, nuint count);

        [DllImport("libc", SetLastError = true)]
        public static extern nint write(int file, byte[] buffer, nuint count);

        /// <summary>struct pollfd.</summary>
        [StructLayout(LayoutKind.Sequential)]
        public struct Poll
        {
            public int File;
            public short Events;
            public short Happened;
        }
    }
}
