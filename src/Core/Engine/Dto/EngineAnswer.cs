using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Compose.Errors;

namespace Compose.Engine.Dto;

/// <summary>
/// The only place that deserializes the engine's JSON: returns a record without missing values, or throws a ComposeException.
/// </summary>
internal static class EngineAnswer
{
    /// <param name="json">One JSON value.</param>
    /// <param name="type">The type to deserialize.</param>
    /// <param name="subject">The target of errors.</param>
    /// <exception cref="ComposeException">EngineProtocolError.</exception>
    public static T Read<T>(ReadOnlySpan<byte> json, JsonTypeInfo<T> type, string subject)
        where T : class
    {
        try
        {
            return Checked(JsonSerializer.Deserialize(json, type), subject);
        }
        catch (JsonException exception)
        {
            throw Unreadable(json, subject, exception);
        }
    }

    /// <summary>Sets initial values where the engine sent nothing; throws when a required value is missing.</summary>
    /// <exception cref="ComposeException">EngineProtocolError.</exception>
    public static T Checked<T>(T? record, string subject)
        where T : class =>
        record is null ? throw Unreadable(subject, "it is null")
        : NullabilityCheck.FirstMissing(record) is { } missing ? throw Unreadable(subject, $"{missing} is missing or null")
        : record;

    /// <summary>The value, or null when it cannot be read: for answers that may also be plain text.</summary>
    public static T? ReadOrNull<T>(ReadOnlySpan<byte> json, JsonTypeInfo<T> type)
        where T : class
    {
        try
        {
            return Read(json, type, "");
        }
        catch (ComposeException exception) when (exception.Info.Id == EngineErrors.Protocol.Id)
        {
            return null;
        }
    }

    /// <summary>
    /// Throws when the answer to a request is a web page, for requests whose answer is not read otherwise: the engine never got
    /// them.
    /// </summary>
    public static void RefuseWebPage(ReadOnlySpan<byte> answer, string subject)
    {
        if (IsWebPage(answer))
            throw WebPage(subject);
    }

    public static bool IsWebPage(ReadOnlySpan<byte> answer) => First(answer) == '<';

    /// <summary>The first byte that is not white space, or 0.</summary>
    private static byte First(ReadOnlySpan<byte> answer)
    {
        foreach (var octet in answer)
        {
            if (octet is not ((byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n'))
                return octet;
        }

        return 0;
    }

    public static ComposeException WebPage(string subject, Exception? inner = null) =>
        EngineErrors.Protocol.Exception(
            "A web page came back, and not an engine's answer.", subject, EngineErrors.NoEngineThere, inner);

    /// <summary>
    /// The error when Docker.DotNet cannot read an answer. Not every exception of its converters is a JsonException.
    /// </summary>
    public static ComposeException Unreadable(string subject, Exception exception) =>
        Unreadable(subject, "something else was expected" + Place(exception as JsonException), exception);

    private static ComposeException Unreadable(ReadOnlySpan<byte> json, string subject, JsonException exception)
    {
        if (First(json) == 0)
            return Unreadable(subject, "it is empty", exception);
        if (IsWebPage(json))
            return WebPage(subject, exception);
        return Unreadable(subject, exception);
    }

    /// <summary>The position of the error. The serializer's message is not used: it contains .NET type names.</summary>
    private static string Place(JsonException? exception) => exception switch
    {
        null => "",
        { Path: { Length: > 1 } path } => $" at {path}",
        _ => $" at byte {exception.BytePositionInLine}",
    };

    private static ComposeException Unreadable(string subject, string why, Exception? exception = null) =>
        EngineErrors.Protocol.Exception(
            $"The engine's answer about '{subject}' cannot be read: {why}.", subject, inner: exception);
}
