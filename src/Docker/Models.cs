namespace Compose.Engine.Api;

/// <summary>
/// Converts between Docker.DotNet's collections and ours. A null collection or item stays null; the finished record is checked
/// for nulls afterwards.
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

    /// <summary>Converts an empty string to null: Docker.DotNet has an empty string where the engine sends none.</summary>
    public static string? Text(string? text) => text is { Length: > 0 } ? text : null;

    /// <summary>Converts a time to seconds since 1970.</summary>
    public static long Seconds(DateTime time) => new DateTimeOffset(time.ToUniversalTime()).ToUnixTimeSeconds();

    // Null is not sent; Docker.DotNet's models accept it although they are not annotated as nullable.
    public static IList<string> Sent(IReadOnlyList<string>? texts) => texts?.ToList()!;

    public static IDictionary<string, string> Sent(IReadOnlyDictionary<string, string>? pairs) =>
        pairs?.ToDictionary(pair => pair.Key, pair => pair.Value)!;
}
