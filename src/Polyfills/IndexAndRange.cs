namespace System;

// What the compiler needs to find for list patterns and ranges on .NET Framework.
internal readonly struct Index(int value, bool fromEnd = false)
{
    public static Index Start => new(0);
    public static Index End => new(0, true);
    public int Value => value;
    public bool IsFromEnd => fromEnd;

    public int GetOffset(int length) => fromEnd ? length - value : value;

    public static implicit operator Index(int value) => new(value);
}

internal readonly struct Range(Index start, Index end)
{
    public Index Start => start;
    public Index End => end;
    public static Range All => new(Index.Start, Index.End);

    public static Range StartAt(Index start) => new(start, Index.End);

    public static Range EndAt(Index end) => new(Index.Start, end);
}
