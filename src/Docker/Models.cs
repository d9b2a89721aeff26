namespace Compose.Engine.Api;

/// <summary>
/// The library's collections as ours and back. Null stays null, and so does an item that is null: an answer is checked once its
/// record is made.
/// </summary>
internal static class Models
{
    public static IReadOnlyList<TRecord>? Each<TModel, TRecord>(IList<TModel>? models, Func<TModel, TRecord> map)
        where TModel : class
        where TRecord : class =>
        models?.Select(model => model is null ? null! : map(model)).ToArray();

    public static IReadOnlyDictionary<string, TRecord>? Each<TModel, TRecord>(
        IDictionary<string, TModel>? models, Func<TModel, TRecord> map)
        where TModel : class
        where TRecord : class =>
        models?.ToDictionary(pair => pair.Key, pair => pair.Value is null ? null! : map(pair.Value));

    public static IReadOnlyList<string>? Texts(IList<string>? texts) => texts as IReadOnlyList<string> ?? texts?.ToArray();

    public static IReadOnlyDictionary<string, string>? Pairs(IDictionary<string, string>? pairs) =>
        pairs as IReadOnlyDictionary<string, string> ?? pairs?.ToDictionary(pair => pair.Key, pair => pair.Value);

    /// <summary>What the library gives an empty text where the engine sends none.</summary>
    public static string? Text(string? text) => text is { Length: > 0 } ? text : null;

    /// <summary>Seconds since 1970.</summary>
    public static long Seconds(DateTime time) => new DateTimeOffset(time.ToUniversalTime()).ToUnixTimeSeconds();

    // What is null is not sent, although the library's models do not say that it may be null.
    public static IList<string> Sent(IReadOnlyList<string>? texts) => texts?.ToList()!;

    public static IDictionary<string, string> Sent(IReadOnlyDictionary<string, string>? pairs) =>
        pairs?.ToDictionary(pair => pair.Key, pair => pair.Value)!;
}
