namespace Compose.Files.Reading;

/// <summary>Permission bits of files. C# has no octal numbers, so each octal digit is written by itself.</summary>
internal static class UnixMode
{
    /// <summary>444: all may read.</summary>
    public const int ReadableByAll = (4 << 6) | (4 << 3) | 4;

    /// <summary>644: all may read, the owner may write.</summary>
    public const int OrdinaryFile = (6 << 6) | (4 << 3) | 4;

    /// <summary>755: all may read and run or search, the owner may write.</summary>
    public const int Executable = (7 << 6) | (5 << 3) | 5;

    /// <summary>7777: the permissions, set-user-ID, set-group-ID and the sticky bit, without the kind of the file.</summary>
    public const int AllBits = (7 << 9) | (7 << 6) | (7 << 3) | 7;
}
