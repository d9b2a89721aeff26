using System.Reflection;
using Xunit.Sdk;

namespace Compose.Tests.Conventions;

/// <summary>Rules for the tests themselves: what no test may read or start.</summary>
public class TestRuleTests
{
    /// <summary>
    /// The attributes that may skip a test, each for something that a machine may lack. Nothing else may skip a test.
    /// </summary>
    private static readonly string[] Skipping =
    [
        "BuildxFactAttribute", "BuildxTheoryAttribute", "ContainerdFactAttribute", "EngineFactAttribute", "EngineTheoryAttribute",
        "OwnEngineFactAttribute",
        "PeerFactAttribute", "PeerTheoryAttribute", "RegistryFactAttribute", "RegistryTheoryAttribute", "SharedFactAttribute",
        "SshFactAttribute", "StackPeerFactAttribute", "SwarmFactAttribute", "SwarmPairFactAttribute", "SwarmPairTheoryAttribute",
        "UnixEngineFactAttribute", "UnixFactAttribute", "UnixTheoryAttribute",
        // An attribute of tests/Desktop, which compiles this file too.
        "OpenSslFactAttribute", "PackedEngineFactAttribute", "PackedTheoryAttribute",
    ];

    [Fact]
    public void A_test_is_skipped_only_for_what_the_machine_lacks()
    {
        var offences =
            from type in typeof(TestRuleTests).Assembly.GetTypes()
            from method in type.GetMethods(
                BindingFlags.Instance | BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic)
            from attribute in method.CustomAttributes
            where IsSkipped(attribute)
            select $"{type.Name}.{method.Name}: {attribute.AttributeType.Name}";

        Assert.Empty(offences);
    }

    [Fact]
    public void Every_golden_file_is_read_by_a_test()
    {
        var folder = Path.Combine(SourceTree.Root, "tests", "Unit", "Golden");
        var sources = string.Concat(SourceTree.Files(Path.Combine("tests", "Unit")).Select(File.ReadAllText));
        var inputs = string.Concat(
            Directory.EnumerateFiles(folder, "*.yaml", SearchOption.AllDirectories).Select(File.ReadAllText));
        var unread =
            from file in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
            let name = Path.GetFileName(file)
            where Path.GetDirectoryName(file) == folder
                ? !sources.Contains($"\"{Path.GetFileNameWithoutExtension(file)}\"")
                : Path.GetExtension(file) != ".yaml" && !sources.Contains($"\"{name}\"") && !inputs.Contains(name)
            select name;

        Assert.Empty(unread);
    }

    /// <summary>A fact or theory with a written skip reason, an attribute that is not in the list, or omitted data.</summary>
    private static bool IsSkipped(CustomAttributeData attribute)
    {
        var isTest = typeof(FactAttribute).IsAssignableFrom(attribute.AttributeType);
        var isOwn = attribute.AttributeType.Assembly == typeof(TestRuleTests).Assembly;
        return (isTest && isOwn && !Skipping.Contains(attribute.AttributeType.Name))
            || (
                (isTest || typeof(DataAttribute).IsAssignableFrom(attribute.AttributeType))
                    && attribute.NamedArguments.Any(argument => argument.MemberName == "Skip"));
    }
}
