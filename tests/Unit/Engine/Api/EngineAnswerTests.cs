using System.Collections;
using System.Reflection;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Compose.Engine.Dto;
using Compose.Errors;

namespace Compose.Tests.Engine.Api;

/// <summary>
/// Faults within an answer's JSON, property by property: the reader never returns a record with a null that it does not allow.
/// </summary>
public class EngineAnswerTests
{
    private const int Deepest = 8;
    internal static readonly string[] Replacements = [
        "null", "7", "\"x\"", "[]", "[null]", "{}", "{\"x\":null}", "-9223372036854775808", "1e400"];

    public static TheoryData<Type> Answers =>
    [
        .. typeof(EngineJson).GetProperties().Select(property => property.PropertyType)
            .Where(type => type.IsGenericType && type.GetGenericTypeDefinition() == typeof(JsonTypeInfo<>))
            .Select(type => type.GetGenericArguments()[0])
            .Where(type => type.Namespace == typeof(EngineJson).Namespace && type.IsClass),
    ];

    [Theory]
    [MemberData(nameof(Answers))]
    public void What_is_read_is_as_its_record_says_whatever_came(Type type)
    {
        var sound = Sample(type, 0);
        Read(type, sound);

        foreach (var path in Places(sound, []).ToList())
        {
            foreach (var replacement in Replacements)
                Try(type, Changed(sound, path, JsonNode.Parse(replacement)));
            Try(type, Changed(sound, path, null, isGone: true));
        }
    }

    [Fact]
    public void What_an_engine_leaves_out_has_the_records_initial_value()
    {
        var container = EngineAnswer.Read(
            "{\"Id\":\"a\",\"Names\":null,\"Ports\":[{}]}"u8, EngineJson.Default.ContainerSummary, "x");
        var inspect = EngineAnswer.Read("{\"Id\":\"a\",\"State\":{}}"u8, EngineJson.Default.ContainerInspect, "x");

        Assert.Empty(container.Names);
        Assert.Equal(("", "tcp"), (container.Image, container.Ports![0].Type));
        Assert.Equal(("", "", false), (inspect.State.Status, inspect.Config.Image, inspect.HostConfig.Privileged ?? false));
        Assert.Null(container.Labels);
    }

    [Theory]
    [InlineData("{}", "Id")]
    [InlineData("[{\"Id\":\"a\",\"Names\":[\"/b\",null]}]", "[0].Names[1] is missing or null")]
    [InlineData("[{\"Id\":\"a\",\"Labels\":{\"l\":null}}]", "[0].Labels['l'] is missing or null")]
    [InlineData("[null]", "[0] is missing or null")]
    [InlineData("null", "it is null")]
    [InlineData("", "it is empty")]
    [InlineData("[{\"Id\":\"a\",\"Created\":\"x\"}]", "at $[0].Created")]
    [InlineData("[{", "something else was expected at")]
    [InlineData("  <html>", "A web page came back")]
    public void The_error_says_what_is_wrong_and_names_no_type_of_net(string json, string words)
    {
        var error = Assert.Throws<ComposeException>(() => json == "{}"
            ? (object)EngineAnswer.Read(Encoding.UTF8.GetBytes(json), EngineJson.Default.IdResponse, "web-1")
            : EngineAnswer.Read(Encoding.UTF8.GetBytes(json), EngineJson.Default.ContainerSummaryArray, "web-1"));

        Assert.Equal(("EngineProtocolError", "web-1"), (error.Info.Id, error.Info.Target));
        Assert.Contains(words, error.Info.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("System.", error.Info.Message, StringComparison.Ordinal);
    }

    private static void Try(Type type, JsonNode? json)
    {
        try
        {
            Read(type, json);
        }
        catch (ComposeException exception)
        {
            Assert.Equal("EngineProtocolError", exception.Info.Id);
        }
    }

    private static void Read(Type type, JsonNode? json)
    {
        try
        {
            Reader.MakeGenericMethod(type).Invoke(null, [json?.ToJsonString() ?? "null"]);
        }
        catch (TargetInvocationException exception) when (exception.InnerException is ComposeException cause)
        {
            throw cause;
        }
    }

    private static MethodInfo Reader { get; } = typeof(EngineAnswerTests)
        .GetMethod(nameof(ReadAs), BindingFlags.NonPublic | BindingFlags.Static)!;

    private static void ReadAs<T>(string json)
        where T : class
    {
        var record = EngineAnswer.Read(
            Encoding.UTF8.GetBytes(json), (JsonTypeInfo<T>)EngineJson.Default.GetTypeInfo(typeof(T))!, "x");
        AnswerUse.Record(record);
        AnswerUse.Record(new[] { record });
#if NET
        AssertSound(record, json);
#endif
    }

#if NET
    internal static void AssertSound(object record, string json)
    {
        foreach (var one in record as IEnumerable ?? new[] { record })
            AssertNotNull(one, json);
    }

    /// <summary>Checks the nullability annotations with .NET's own NullabilityInfoContext.</summary>
    private static void AssertNotNull(object record, string json)
    {
        foreach (var property in record.GetType().GetProperties().Where(property => property.GetIndexParameters().Length == 0))
        {
            var value = property.GetValue(record);
            AssertNotNull(
                value, new NullabilityInfoContext().Create(property), $"{record.GetType().Name}.{property.Name} of {json}");
        }
    }

    private static void AssertNotNull(object? value, NullabilityInfo nullability, string place)
    {
        if (value is null)
        {
            Assert.True(nullability.ReadState == NullabilityState.Nullable, place);
            return;
        }

        if (value is IDictionary pairs)
        {
            foreach (var item in pairs.Values)
                AssertNotNull(item, nullability.GenericTypeArguments[1], place);
        }
        else if (value is IList items)
        {
            foreach (var item in items)
                AssertNotNull(item, nullability.GenericTypeArguments[0], place);
        }
        else if (value.GetType().Namespace == typeof(EngineJson).Namespace)
        {
            AssertNotNull(value, place);
        }
    }
#endif

    /// <summary>A valid JSON value for a type, with every property set and one item in each collection.</summary>
    internal static JsonNode? Sample(Type type, int depth)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        if (type == typeof(string))
            return "x";
        if (type == typeof(bool))
            return true;
        if (type == typeof(byte[]))
            return "eA==";
        if (type == typeof(TimeSpan))
            return 1;
        if (type == typeof(DateTimeOffset) || type == typeof(DateTime))
            return "2026-01-01T00:00:00Z";
        if (type == typeof(JsonElement) || type == typeof(object))
            return new JsonObject { ["ID"] = "x" };
        if (type.IsPrimitive)
            return 1;
        if (depth > Deepest)
            return null;
        if (type.IsArray)
            return new JsonArray(Sample(type.GetElementType()!, depth + 1));
        if (type.IsGenericType)
        {
            var arguments = type.GetGenericArguments();
            return arguments.Length == 2
                ? new JsonObject { ["x"] = Sample(arguments[1], depth + 1) }
                : new JsonArray(Sample(arguments[0], depth + 1));
        }

        var sample = new JsonObject();
        foreach (var property in type.GetProperties().Where(property => property.CanWrite))
        {
            var named = (JsonPropertyNameAttribute?)Attribute.GetCustomAttribute(property, typeof(JsonPropertyNameAttribute));
            sample[named?.Name ?? property.Name] = Sample(property.PropertyType, depth + 1);
        }

        return sample;
    }

    internal static IEnumerable<object[]> Places(JsonNode? node, object[] at)
    {
        yield return at;
        var below = node switch
        {
            JsonObject fields => fields.SelectMany(field => Places(field.Value, [.. at, field.Key])),
            JsonArray items => items.SelectMany((item, index) => Places(item, [.. at, index])),
            _ => [],
        };
        foreach (var place in below)
            yield return place;
    }

    internal static JsonNode? Changed(JsonNode? sound, object[] path, JsonNode? value, bool isGone = false)
    {
        if (path.Length == 0)
            return value;
        var copy = JsonNode.Parse(sound!.ToJsonString())!;
        var parent = copy;
        foreach (var step in path.Take(path.Length - 1))
            parent = step is string name ? parent[name]! : parent[(int)step]!;
        if (path[path.Length - 1] is not string last)
            parent[(int)path[path.Length - 1]] = value;
        else if (isGone)
            parent.AsObject().Remove(last);
        else
            parent[last] = value;
        return copy;
    }
}
