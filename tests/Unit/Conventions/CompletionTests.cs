using Mono.Cecil;

namespace Compose.Tests.Conventions;

/// <summary>Every parameter that takes a name of something completes the existing names.</summary>
public class CompletionTests
{
    /// <summary>Parameters and their completers, for all cmdlets that have the parameter as text.</summary>
    private static readonly Dictionary<string, string> Completers = new()
    {
        ["Service"] = "ServiceCompleter",
        ["ProjectName"] = "ProjectCompleter",
        ["Profile"] = "ProfileCompleter",
        ["Container"] = "ContainerCompleter",
        ["Context"] = "ContextCompleter",
        ["Network"] = "NetworkCompleter",
        ["Volume"] = "VolumeCompleter",
        ["Image"] = "ImageCompleter",
        ["Signal"] = "SignalCompleter",
    };

    [Fact]
    public void Every_parameter_that_takes_a_name_completes_it()
    {
        var parameters =
            from type in ProductAssembly.Types(ProductAssembly.Module)
            from property in type.Properties
            where property.CustomAttributes.Any(attribute => attribute.AttributeType.Name == "ParameterAttribute")
            where property.PropertyType.FullName is "System.String" or "System.String[]"
            where property.CustomAttributes.All(attribute => attribute.AttributeType.Name != "ValidateSetAttribute")
            where Completers.ContainsKey(property.Name)
            select property;

        Assert.NotEmpty(parameters);
        Assert.Empty(
            parameters.Where(property => Completer(property) != Completers[property.Name]).Select(property => property.FullName));
    }

    private static string? Completer(PropertyDefinition property) =>
        property.CustomAttributes.SingleOrDefault(attribute => attribute.AttributeType.Name == "ArgumentCompleterAttribute")
            ?.ConstructorArguments[0].Value is TypeReference completer ? completer.Name : null;
}
