namespace System.Runtime.CompilerServices;

/// <summary>The method that the compiler calls for a range of an array.</summary>
internal static class RuntimeHelpers
{
    public static T[] GetSubArray<T>(T[] array, Range range)
    {
        var start = range.Start.GetOffset(array.Length);
        var part = new T[range.End.GetOffset(array.Length) - start];
        Array.Copy(array, start, part, 0, part.Length);
        return part;
    }
}
