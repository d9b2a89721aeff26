using System.Runtime.InteropServices;
using System.Text;
using Compose.Streams.Terminal;

namespace Compose.Module.Terminal;

/// <summary>
/// A Windows console with virtual terminal sequences for input and output (Windows 10 and newer). Disposing it restores its
/// modes.
/// </summary>
internal sealed class WindowsTerminal : ITerminal
{
    private const uint Utf8 = 65001;
    private readonly IntPtr _input = NativeMethods.GetStdHandle(NativeMethods.StandardInput);
    private readonly IntPtr _output = NativeMethods.GetStdHandle(NativeMethods.StandardOutput);
    private readonly EventWaitHandle _wake = new(false, EventResetMode.ManualReset);
    private readonly Encoder _encoder = Encoding.UTF8.GetEncoder();
    private readonly WindowChange _change = new();
    private readonly Func<(int, int)> _size;
    private readonly uint _inputMode;
    private readonly uint _outputMode;
    private readonly uint _codePage;
    private int _isRestored;

    /// <param name="size">Returns the columns and rows.</param>
    /// <param name="keysOnly">Whether to leave the output mode unchanged.</param>
    public WindowsTerminal(Func<(int, int)> size, bool keysOnly)
    {
        _size = size;
        if (!NativeMethods.GetConsoleMode(_input, out _inputMode) || !NativeMethods.GetConsoleMode(_output, out _outputMode))
            throw new IOException("The console's modes cannot be read.");
        _codePage = NativeMethods.GetConsoleOutputCP();
        NativeMethods.SetConsoleMode(_input, (_inputMode & ~InputModes.Edited) | InputModes.Sequences | InputModes.WindowEvents);
        if (keysOnly)
            return;
        NativeMethods.SetConsoleMode(_output, _outputMode | OutputModes.Raw);
        NativeMethods.SetConsoleOutputCP(Utf8);
    }

    public static bool IsAvailable =>
        NativeMethods.GetConsoleMode(NativeMethods.GetStdHandle(NativeMethods.StandardInput), out _)
            && NativeMethods.GetConsoleMode(NativeMethods.GetStdHandle(NativeMethods.StandardOutput), out _);

    public (int Columns, int Rows) Size => _size();

    public Task ResizedAsync(CancellationToken cancellationToken) => _change.NextAsync(cancellationToken);

    public async Task<int> ReadAsync(byte[] buffer, CancellationToken cancellationToken)
    {
        using var waking = cancellationToken.Register(() => _wake.Set());
        var read = await Task.Run(() => Read(buffer), CancellationToken.None).ConfigureAwait(false);
        cancellationToken.ThrowIfCancellationRequested();
        return read;
    }

    public void Write(byte[] buffer, int offset, int count) =>
        NativeMethods.WriteFile(
            _output, offset == 0 ? buffer : buffer.AsSpan(offset, count).ToArray(), (uint)count, out _, IntPtr.Zero);

    public void Dispose()
    {
        if (Interlocked.Exchange(ref _isRestored, 1) == 1)
            return;
        NativeMethods.SetConsoleMode(_input, _inputMode);
        NativeMethods.SetConsoleMode(_output, _outputMode);
        NativeMethods.SetConsoleOutputCP(_codePage);
        _wake.Set();
        _change.Dispose();
    }

    /// <summary>
    /// Reads keys as UTF-8. Returns 0 if it was woken. It reads console events, because a blocked read of bytes could not be
    /// ended.
    /// </summary>
    private int Read(byte[] buffer)
    {
        // A character may need three bytes, and half of one may be left from before. Events that do not fit stay in the console.
        var records = new NativeMethods.InputRecord[Math.Max(1, (buffer.Length / 3) - 1)];
        var typed = new char[records.Length];
        while (true)
        {
            if (NativeMethods.WaitForMultipleObjects(
                2, [_input, _wake.SafeWaitHandle.DangerousGetHandle()], false, uint.MaxValue) != 0)
                return 0;
            if (!NativeMethods.ReadConsoleInput(_input, records, (uint)records.Length, out var count))
                return 0;
            var length = 0;
            foreach (var record in records.Take((int)count))
            {
                if (record.EventType == NativeMethods.InputRecord.WindowEvent)
                    _change.Notify();
                else if (record.IsCharacter)
                    typed[length++] = (char)record.Character;
            }

            if (length > 0)
                return _encoder.GetBytes(typed, 0, length, buffer, 0, flush: false);
        }
    }

    private static class InputModes
    {
        /// <summary>ENABLE_PROCESSED_INPUT, ENABLE_LINE_INPUT, ENABLE_ECHO_INPUT and ENABLE_MOUSE_INPUT.</summary>
        public const uint Edited = 0x17;

        /// <summary>ENABLE_WINDOW_INPUT.</summary>
        public const uint WindowEvents = 0x8;

        /// <summary>ENABLE_VIRTUAL_TERMINAL_INPUT.</summary>
        public const uint Sequences = 0x200;
    }

    private static class OutputModes
    {
        /// <summary>ENABLE_PROCESSED_OUTPUT, ENABLE_VIRTUAL_TERMINAL_PROCESSING and DISABLE_NEWLINE_AUTO_RETURN.</summary>
        public const uint Raw = 0xD;
    }

    private static class NativeMethods
    {
        public const int StandardInput = -10;
        public const int StandardOutput = -11;

        [DllImport("kernel32.dll")]
        public static extern IntPtr GetStdHandle(int which);

        [DllImport("kernel32.dll")]
        [return: MarshalAs(UnmanagedType.Bool)]
        public static extern bool GetConsoleMode(IntPtr console, out uint mode);

        [DllImport("kernel32.dll")]
        [return: MarshalAs(UnmanagedType.Bool)]
        public static extern bool SetConsoleMode(IntPtr console, uint mode);

        [DllImport("kernel32.dll")]
        public static extern uint GetConsoleOutputCP();

        [DllImport("kernel32.dll")]
        [return: MarshalAs(UnmanagedType.Bool)]
        public static extern bool SetConsoleOutputCP(uint codePage);

        [DllImport("kernel32.dll")]
        public static extern uint WaitForMultipleObjects(
            uint count, IntPtr[] handles, [MarshalAs(UnmanagedType.Bool)] bool all, uint milliseconds);

        [DllImport("kernel32.dll", EntryPoint = "ReadConsoleInputW")]
        [return: MarshalAs(UnmanagedType.Bool)]
        public static extern bool ReadConsoleInput(IntPtr console, [Out] InputRecord[] records, uint length, out uint count);

        [DllImport("kernel32.dll")]
        [return: MarshalAs(UnmanagedType.Bool)]
        public static extern bool WriteFile(IntPtr file, byte[] buffer, uint count, out uint written, IntPtr overlapped);

        /// <summary>INPUT_RECORD with a KEY_EVENT_RECORD in its union.</summary>
        [StructLayout(LayoutKind.Explicit, Size = 20)]
        public struct InputRecord
        {
            public const ushort KeyEvent = 1;
            public const ushort WindowEvent = 4;
            private const ushort AltKey = 0x12;

            [FieldOffset(0)]
            public ushort EventType;

            [FieldOffset(4)]
            public int IsDown;

            [FieldOffset(10)]
            public ushort Key;

            [FieldOffset(14)]
            public ushort Character;

            /// <summary>
            /// Whether it is a pressed key, or a character typed by its code, which arrives when Alt is released.
            /// </summary>
            public readonly bool IsCharacter => EventType == KeyEvent && Character != 0 && (IsDown != 0 || Key == AltKey);
        }
    }
}
