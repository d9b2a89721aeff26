using Mono.Cecil;

namespace Compose.Tests.Conventions;

/// <summary>The arrow in docs/architecture.md: a room uses only the rooms that are listed for it.</summary>
public class ArrowTests
{
    /// <summary>A room (a namespace of Core), and the rooms it may use. All rooms may use Errors and Events.</summary>
    private static readonly Dictionary<string, string[]> MayUse = new()
    {
        ["Errors"] = [],
        ["Events"] = [],
        ["Files"] = ["Yaml"],
        ["Model"] = ["Files", "Yaml"],
        ["Engine"] = [],
        ["State"] = ["Engine", "Model", "Files"],
        ["Plan"] = ["State", "Engine.Dto", "Model", "Files"],
        ["Images"] = ["Engine", "State", "Model", "Files"],
        ["Streams"] = ["Engine", "State", "Model", "Files"],
        ["Execute"] = ["Plan", "State", "Engine", "Images", "Streams", "Model", "Files"],
        ["Swarm.Specs"] = ["Plan", "State", "Engine.Dto", "Images", "Model", "Files", "Yaml"],
        ["Swarm"] = ["Plan", "State", "Engine", "Images", "Streams", "Execute", "Model", "Files", "Yaml"],
    };

    public static TheoryData<string> Rooms => [.. MayUse.Keys];

    [Theory]
    [MemberData(nameof(Rooms))]
    public void A_room_of_Core_uses_only_the_rooms_to_its_left(string room)
    {
        var allowed = MayUse[room].Append(room).Append("Errors").Append("Events").ToArray();
        var offences =
            from type in ProductAssembly.Types(ProductAssembly.Core)
            where InRoom(type, room)
            from mentioned in ProductAssembly.Mentions(type)
            let used = RoomOf(mentioned)
            where used is not null && !allowed.Any(name => used == name || used.StartsWith(name + ".", StringComparison.Ordinal))
            select $"{type.FullName} uses {mentioned.FullName}";

        Assert.Empty(offences.Distinct());
    }

    [Fact]
    public void Every_type_of_Core_lives_in_a_room()
    {
        var homeless = ProductAssembly.Types(ProductAssembly.Core)
            .Select(ProductAssembly.Outermost)
            .Where(type => type.Namespace.StartsWith("Compose", StringComparison.Ordinal))
            .Where(type => !MayUse.Keys.Any(room => InRoom(type, room)))
            .Select(type => type.FullName);

        Assert.Empty(homeless.Distinct());
    }

    [Fact]
    public void The_module_never_uses_the_engine_nor_yaml()
    {
        var offences =
            from type in ProductAssembly.Types(ProductAssembly.Module)
            from mentioned in ProductAssembly.Mentions(type)
            let used = RoomOf(mentioned)
            where used is "Yaml" || used?.StartsWith("Engine", StringComparison.Ordinal) == true
            select $"{type.FullName} uses {mentioned.FullName}";

        Assert.Empty(offences.Distinct());
    }

    [Theory]
    [InlineData("Compose.Yaml.dll", "System.Management.Automation", "Compose.Core", "Compose")]
    [InlineData("Compose.Docker.dll", "System.Management.Automation", "Compose.Core", "Compose")]
    [InlineData("Compose.Core.dll", "System.Management.Automation", "YamlDotNet", "Docker.DotNet",
        "Docker.DotNet.Handler.Abstractions", "Compose", "System.Console")]
    [InlineData("Compose.dll", "YamlDotNet", "Compose.Yaml", "Docker.DotNet", "Compose.Docker")]
    public void An_assembly_does_not_reference(string file, params string[] banned)
    {
        var assembly = ProductAssembly.All.Single(candidate => candidate.MainModule.Name == file);

        var references = assembly.MainModule.AssemblyReferences.Select(reference => reference.Name);

        Assert.Empty(references.Intersect(banned));
    }

    private static bool InRoom(TypeDefinition type, string room)
    {
        var name = ProductAssembly.Outermost(type).Namespace;
        return name == "Compose." + room || name.StartsWith("Compose." + room + ".", StringComparison.Ordinal);
    }

    private static string? RoomOf(TypeReference reference)
    {
        var outermost = reference;
        while (outermost.DeclaringType is not null)
            outermost = outermost.DeclaringType;
        return outermost.Namespace.StartsWith("Compose.", StringComparison.Ordinal)
            && !outermost.Namespace.StartsWith("Compose.Module", StringComparison.Ordinal)
            ? outermost.Namespace.Substring("Compose.".Length)
            : null;
    }
}
