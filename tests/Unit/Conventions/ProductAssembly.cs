using Mono.Cecil;

namespace Compose.Tests.Conventions;

/// <summary>Reads the compiled assemblies of the product, so that the house rules hold for what ships.</summary>
internal static class ProductAssembly
{
    public static readonly AssemblyDefinition Yaml = Read("Compose.Yaml.dll");
    public static readonly AssemblyDefinition Docker = Read("Compose.Docker.dll");
    public static readonly AssemblyDefinition Core = Read("Compose.Core.dll");
    public static readonly AssemblyDefinition Module = Read("Compose.dll");

    public static IEnumerable<AssemblyDefinition> All => [Yaml, Docker, Core, Module];

    public static IEnumerable<TypeDefinition> Types(AssemblyDefinition assembly) =>
        assembly.MainModule.GetTypes()
            .Where(type => type.Name != "<Module>" && !type.Name.StartsWith("<>z", StringComparison.Ordinal));

    public static IEnumerable<MethodDefinition> Methods(AssemblyDefinition assembly) =>
        Types(assembly).SelectMany(type => type.Methods).Where(method => method.HasBody);

    public static IEnumerable<MethodReference> Calls(MethodDefinition method) =>
        method.Body.Instructions.Select(instruction => instruction.Operand).OfType<MethodReference>();

    /// <summary>The outermost type: the code of a lambda or an iterator belongs to the type that contains it.</summary>
    public static TypeDefinition Outermost(TypeDefinition type) =>
        type.DeclaringType is null ? type : Outermost(type.DeclaringType);

    /// <summary>Every type that a type mentions: in its bases, members, locals and instructions.</summary>
    public static IEnumerable<TypeReference> Mentions(TypeDefinition type) =>
        type.Interfaces.Select(implementation => implementation.InterfaceType)
            .Append(type.BaseType)
            .Concat(type.Fields.Select(field => field.FieldType))
            .Concat(type.Properties.Select(property => property.PropertyType))
            .Concat(type.Methods.SelectMany(Mentions))
            .Where(reference => reference is not null)
            .SelectMany(Flatten);

    private static IEnumerable<TypeReference> Mentions(MethodDefinition method)
    {
        foreach (var parameter in method.Parameters)
            yield return parameter.ParameterType;
        yield return method.ReturnType;
        if (!method.HasBody)
            yield break;
        foreach (var variable in method.Body.Variables)
            yield return variable.VariableType;
        foreach (var operand in method.Body.Instructions.Select(instruction => instruction.Operand))
        {
            if (operand is TypeReference type)
                yield return type;
            else if (operand is MemberReference { DeclaringType: { } declaring })
                yield return declaring;
        }
    }

    private static IEnumerable<TypeReference> Flatten(TypeReference reference)
    {
        if (reference is GenericInstanceType generic)
        {
            foreach (var argument in generic.GenericArguments.SelectMany(Flatten))
                yield return argument;
        }

        yield return reference.GetElementType();
    }

    private static AssemblyDefinition Read(string file) =>
        AssemblyDefinition.ReadAssembly(Path.Combine(AppContext.BaseDirectory, file));
}
