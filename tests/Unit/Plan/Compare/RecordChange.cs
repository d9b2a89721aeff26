using System.Collections;
using System.Reflection;

namespace Compose.Tests.Plan.Compare;

/// <summary>
/// Changes one property of a record at a time, also in nested records. A path names the property; <c>[]</c> is any item.
/// </summary>
internal static class RecordChange
{
    /// <summary>Every property that a record of this type can have, by path.</summary>
    public static IEnumerable<string> Paths(Type type) => Paths(type, "").Distinct();

    /// <summary>Copies of the record, each with one property changed.</summary>
    public static IEnumerable<(string Path, T Changed)> Each<T>(T record)
        where T : class => Copies(record, "").Select(change => (change.Path, (T)change.Value));

    private static IEnumerable<string> Paths(Type type, string path)
    {
        if (Item(type) is { } item && (IsRecord(item) || Item(item) is { } inner && IsRecord(inner)))
            return IsRecord(item) ? Paths(item, path + "[]").Prepend(path) : Paths(item, path + "[]");
        return IsRecord(type)
            ? Properties(type).SelectMany(property => Paths(property.PropertyType, Join(path, property.Name)))
            : [path];
    }

    private static IEnumerable<(string Path, object Value)> Copies(object record, string path) =>
        from property in Properties(record.GetType())
        from change in Values(property.PropertyType, property.GetValue(record), Join(path, property.Name))
        select (change.Path, With(record, property, change.Value));

    private static IEnumerable<(string Path, object? Value)> Values(Type type, object? value, string path)
    {
        if (Item(type) is not { } item)
            return !IsRecord(type) ? [(path, Other(type, value))] : value is null ? [] : Copies(value, path)
                .Select(change => (change.Path, (object?)change.Value));
        return IsMap(type)
            ? Entries(item, Pairs(value), path)
            : Items(item, value is null ? [] : [.. ((IEnumerable)value).Cast<object>()], path);
    }

    private static IEnumerable<(string Path, object? Value)> Items(Type item, List<object> items, string path)
    {
        if (!IsRecord(item))
        {
            yield return (path, List(item, [.. items, Other(item, null)]));
            yield break;
        }

        if (items.Count > 0)
            yield return (path, List(item, [.. items.Skip(1)]));
        for (var index = 0; index < items.Count; index++)
        {
            foreach (var (tail, changed) in Copies(items[index], path + "[]"))
                yield return (tail, List(item, [.. items.Select((old, place) => place == index ? changed : old)]));
        }
    }

    private static IEnumerable<(string Path, object? Value)> Entries(Type item, Dictionary<string, object> entries, string path)
    {
        if (IsRecord(item) && entries.Count > 0)
            yield return (path, Map(item, entries.Skip(1)));
        if (!IsRecord(item) && Item(item) is null)
            yield return (path, Map(item, entries.Append(new("changed", Other(item, null)))));
        foreach (var entry in entries.Where(_ => IsRecord(item) || Item(item) is not null))
        {
            foreach (var (tail, changed) in Values(item, entry.Value, path + "[]"))
                yield return (tail, Map(item, entries.Select(old => old.Key == entry.Key ? new(old.Key, changed!) : old)));
        }
    }

    /// <summary>
    /// A different value. The text is a valid variable, pair and path of two parts, so that any reader accepts it.
    /// </summary>
    private static object Other(Type type, object? value) => (Nullable.GetUnderlyingType(type) ?? type) switch
    {
        { } text when text == typeof(string) => value is null ? "changed=1:2" : value + "x",
        { } flag when flag == typeof(bool) => !(value as bool? ?? false),
        { IsPrimitive: true } number => Convert.ChangeType(Convert.ToInt64(value ?? 0, null) + 1000, number, null),
        { } list when Item(list) is { } item => List(item, [Other(item, null)]),
        { } other => Activator.CreateInstance(other)!,
    };

    private static object With(object record, PropertyInfo property, object? value)
    {
        var copy = record.GetType().GetMethod("<Clone>$")!.Invoke(record, null)!;
        property.SetValue(copy, value);
        return copy;
    }

    private static Array List(Type item, List<object> items)
    {
        var list = Array.CreateInstance(item, items.Count);
        for (var index = 0; index < items.Count; index++)
            list.SetValue(items[index], index);
        return list;
    }

    private static object Map(Type item, IEnumerable<KeyValuePair<string, object>> entries)
    {
        var map = (IDictionary)Activator.CreateInstance(typeof(Dictionary<,>).MakeGenericType(typeof(string), item))!;
        foreach (var entry in entries)
            map.Add(entry.Key, entry.Value);
        return map;
    }

    private static Dictionary<string, object> Pairs(object? map) => (map as IEnumerable ?? Array.Empty<object>()).Cast<object>()
        .ToDictionary(
            pair => (string)pair.GetType().GetProperty("Key")!.GetValue(pair)!,
            pair => pair.GetType().GetProperty("Value")!.GetValue(pair)!);

    private static IEnumerable<PropertyInfo> Properties(Type type) => type.GetProperties().Where(property => property.CanWrite);

    /// <summary>The type of a list's items or a map's values; null for anything else.</summary>
    private static Type? Item(Type type) =>
        type.IsGenericType && typeof(IEnumerable).IsAssignableFrom(type) ? type.GetGenericArguments()[^1] : null;

    private static bool IsMap(Type type) => type.GetGenericArguments().Length == 2;

    private static bool IsRecord(Type type) => type.GetMethod("<Clone>$") is not null && Properties(type).Any();

    private static string Join(string path, string name) => path.Length == 0 ? name : path + "." + name;
}
