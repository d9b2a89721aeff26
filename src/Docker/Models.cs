namespace Compose.Engine.Api;

/// <summary>
/// Converts between Docker.DotNet's collections and ours. A null collection or item stays null; the finished record is checked
/// for nulls afterwards.
/// </summary>
internal static class Models
{
    private const long NanosecondsPerTick = 100;

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

    public static IList<TModel> SentEach<TRecord, TModel>(IReadOnlyList<TRecord>? records, Func<TRecord, TModel> map) =>
        records?.Select(map).ToList()!;

    /// <summary>Converts nanoseconds, in which the API counts, to Docker.DotNet's time span.</summary>
    public static TimeSpan? Span(long? nanoseconds) =>
        nanoseconds is { } count ? TimeSpan.FromTicks(count / NanosecondsPerTick) : null;

    public static long? Nanoseconds(TimeSpan? span) => span?.Ticks * NanosecondsPerTick;

    /// <summary>Converts a time to UTC; the year 1 is what the engine sends for none.</summary>
    public static DateTimeOffset? Time(DateTime? time) =>
        time is { Year: > 1 } known ? new DateTimeOffset(known.ToUniversalTime()) : null;

    /// <summary>The number of a Swarm object's version.</summary>
    public static long Index(Docker.DotNet.Models.Version? version) => (long)(version?.Index ?? 0);
}
