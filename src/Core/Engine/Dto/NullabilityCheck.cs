using System.Collections;
using System.Collections.Concurrent;
using System.Globalization;
using System.Reflection;
using System.Text.Json.Serialization;

namespace Compose.Engine.Dto;

/// <summary>
/// Checks a deserialized record against its nullability annotations. The serializer leaves null where the engine sends null or
/// nothing, even in properties that may not be null. Such a property gets its initial value; without one, the answer is invalid.
/// </summary>
internal sealed class NullabilityCheck
{
    private static readonly ConcurrentDictionary<Type, IReadOnlyList<Field>> Known = new();
    private readonly Lazy<IReadOnlyList<Field>>? _fields;
    private readonly NullabilityCheck? _item;
    private readonly bool _isDictionary;
    private readonly bool _mayBeNull;

    private NullabilityCheck(Type type, Nullability nullability)
    {
        _mayBeNull = nullability.Next();
        var arguments = type.IsArray ? [type.GetElementType()!] : type.IsGenericType ? type.GetGenericArguments() : [];
        foreach (var argument in arguments.Where(argument => !argument.IsValueType))
            _item = new NullabilityCheck(argument, nullability);
        _isDictionary = arguments.Length == 2;
        if (arguments.Length == 0 && type.Namespace == typeof(NullabilityCheck).Namespace)
            _fields = new Lazy<IReadOnlyList<Field>>(() => Known.GetOrAdd(type, Fields));
    }

    /// <summary>
    /// Sets initial values where the engine sent null or nothing; returns the path of the first value that has none, or null when
    /// the record is complete.
    /// </summary>
    public static string? FirstMissing<T>(T value)
        where T : class => new NullabilityCheck(typeof(T), new Nullability([])).FirstMissing((object)value);

    private string? FirstMissing(object? value)
    {
        if (value is null)
            return _mayBeNull ? null : "";
        if (_item is not null)
            return _isDictionary ? MissingIn((IDictionary)value) : MissingIn((IList)value);
        foreach (var field in _fields?.Value ?? [])
        {
            if (field.FirstMissing(value) is { } missing)
                return missing;
        }

        return null;
    }

    private string? MissingIn(IList items)
    {
        for (var index = 0; index < items.Count; index++)
        {
            if (_item!.FirstMissing(items[index]) is { } missing)
                return string.Format(CultureInfo.InvariantCulture, "[{0}]{1}", index, Joined(missing));
        }

        return null;
    }

    private string? MissingIn(IDictionary items)
    {
        var keys = items.Keys.GetEnumerator();
        foreach (var value in items.Values)
        {
            keys.MoveNext();
            if (_item!.FirstMissing(value) is { } missing)
                return $"['{keys.Current}']{Joined(missing)}";
        }

        return null;
    }

    private static string Joined(string missing) => missing.Length == 0 || missing[0] == '[' ? missing : "." + missing;

    private static IReadOnlyList<Field> Fields(Type type)
    {
        var initial = type.GetConstructor(Type.EmptyTypes) is null ? null : Activator.CreateInstance(type);
        // The serializer's compiled getters are faster; records mapped from Docker.DotNet's models have none.
        var getters = EngineJson.Default.GetTypeInfo(type)?.Properties.Where(property => property.Get is not null)
            .ToDictionary(property => property.Name, property => property.Get!, StringComparer.Ordinal) ?? [];
        return
        [
            .. from property in type.GetProperties()
               where property.CanWrite && !property.PropertyType.IsValueType
               let name = property.GetCustomAttribute<JsonPropertyNameAttribute>()?.Name ?? property.Name
               let get = getters.TryGetValue(name, out var compiled) ? compiled : property.GetValue
               select new Field(name, get, property, initial is null ? null : property.GetValue(initial)),
        ];
    }

    /// <summary>A property of a reference type.</summary>
    private sealed class Field(string name, Func<object, object?> get, PropertyInfo property, object? initial)
    {
        private readonly NullabilityCheck _check = new(property.PropertyType, Nullability.Of(property));

        public string? FirstMissing(object record)
        {
            var value = get(record);
            if (value is null && initial is not null && !_check._mayBeNull)
            {
                property.SetValue(record, initial);
                return null;
            }

            return _check.FirstMissing(value) is { } missing ? name + Joined(missing) : null;
        }
    }

    /// <summary>
    /// The nullability annotations of a property's type as the compiler encodes them: one number for each reference type in it,
    /// from the outside in; 2 means nullable. .NET Framework lacks NullabilityInfoContext.
    /// </summary>
    private sealed class Nullability(IReadOnlyList<byte> marks)
    {
        private const byte QuestionMark = 2;
        private int _at;

        public static Nullability Of(PropertyInfo property)
        {
            if (Marks(property, "NullableAttribute") is { } own)
                return new Nullability(own);
            for (var type = property.DeclaringType; type is not null; type = type.DeclaringType)
            {
                if (Marks(type, "NullableContextAttribute") is { } context)
                    return new Nullability(context);
            }

            return new Nullability([]);
        }

        /// <summary>Whether the next type may be null.</summary>
        public bool Next()
        {
            var mark = marks.Count == 0 ? (byte)0 : marks.Count == 1 ? marks[0] : marks[_at++];
            return mark == QuestionMark;
        }

        private static IReadOnlyList<byte>? Marks(MemberInfo member, string attribute)
        {
            var found = member.GetCustomAttributesData()
                .FirstOrDefault(data => data.AttributeType.FullName == "System.Runtime.CompilerServices." + attribute);
            return found?.ConstructorArguments[0].Value switch
            {
                byte one => [one],
                IReadOnlyCollection<CustomAttributeTypedArgument> many => [.. many.Select(argument => (byte)argument.Value!)],
                _ => null,
            };
        }
    }
}
