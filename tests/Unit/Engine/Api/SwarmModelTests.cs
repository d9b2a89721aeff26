using System.Reflection;
using System.Text.Json;
using Compose.Engine.Api;
using Compose.Engine.Dto;

namespace Compose.Tests.Engine.Api;

/// <summary>The mapping of services to Docker.DotNet's models and back loses nothing.</summary>
public class SwarmModelTests
{
    [Theory]
    [InlineData("SwarmServiceModel", typeof(SwarmServiceSpec))]
    [InlineData("SwarmFileModel", typeof(SwarmSecretReference))]
    [InlineData("SwarmFileModel", typeof(SwarmConfigReference))]
    public void A_record_with_every_value_comes_back_as_it_was(string mapping, Type record)
    {
        var count = 0;
        var full = Filled(record, ref count);
        var maps = typeof(DockerLibrary).Assembly.GetType("Compose.Engine.Api." + mapping)!
            .GetMethods(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic);
        var sent = maps.Single(map => map.Name == "Sent" && map.GetParameters()[0].ParameterType == record).Invoke(null, [full])!;

        var read = maps.Single(map => map.Name == "Read" && map.GetParameters()[0].ParameterType == sent.GetType())
            .Invoke(null, [sent]);

        Assert.Equal(JsonSerializer.Serialize(full, record), JsonSerializer.Serialize(read, record));
    }

    /// <summary>A record in which every property has a value of its own, except those that are never sent.</summary>
    private static object Filled(Type type, ref int count)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        count++;
        if (type == typeof(string))
            return "text" + count;
        if (type == typeof(bool))
            return true;
        if (type == typeof(long) || type == typeof(int))
            return Convert.ChangeType(count * 100, type, System.Globalization.CultureInfo.InvariantCulture);
        if (type == typeof(float))
            return 0.5f;
        if (type.IsGenericType && type.GetGenericArguments() is [var item])
        {
            var items = Array.CreateInstance(item, 1);
            items.SetValue(Filled(item, ref count), 0);
            return items;
        }

        if (type.IsGenericType)
            return new Dictionary<string, string> { ["key" + count] = "value" };
        if (type == typeof(EmptyObject))
            return EmptyObject.Value;
        var constructor = type.GetConstructors().OrderByDescending(one => one.GetParameters().Length).First();
        var arguments = new List<object>();
        foreach (var parameter in constructor.GetParameters())
            arguments.Add(Filled(parameter.ParameterType, ref count));
        var record = constructor.Invoke([.. arguments]);
        foreach (var property in type.GetProperties().Where(property => property.CanWrite && arguments.Count == 0))
        {
            // A network's name is never sent, and a generic resource has a number or a name.
            if ((type == typeof(SwarmNetworkAttachment) || type == typeof(SwarmGenericResource)) && property.Name == "Name")
                continue;
            property.SetValue(record, Filled(property.PropertyType, ref count));
        }

        return record;
    }
}
