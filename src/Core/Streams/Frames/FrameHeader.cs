using System.Buffers.Binary;

namespace Compose.Streams.Frames;

/// <summary>
/// The header of a frame of output: the number of the stream (1 or 2), three zeros, and the length as four bytes, the highest
/// first.
/// </summary>
internal static class FrameHeader
{
    public const int Length = 8;
    private const byte StandardError = 2;

    /// <summary>Whether the frame whose header begins there is standard error.</summary>
    public static bool IsError(byte[] buffer, int start) => buffer[start] == StandardError;

    /// <summary>The number of bytes after the header that begins there.</summary>
    public static uint ContentLength(byte[] buffer, int start) =>
        BinaryPrimitives.ReadUInt32BigEndian(buffer.AsSpan(start + 4));
}
