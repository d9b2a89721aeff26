using System.Text.RegularExpressions;
using Compose.Module.Commands;
using Mono.Cecil;

namespace Compose.Tests.Conventions;

/// <summary>The walk and the rooms in docs/architecture.md match the code.</summary>
public class WalkTests
{
    private static readonly string Page = SourceTree.Read("docs/architecture.md");
    private static readonly string Walk = Section("One walk");
    private static readonly string Rooms = Section("The rooms");

    /// <summary>The types of the product by simple name; a few share a name.</summary>
    private static readonly ILookup<string, TypeDefinition> Types =
        ProductAssembly.All.SelectMany(ProductAssembly.Types).ToLookup(type => type.Name);

    public static TheoryData<string, string> Steps
    {
        get
        {
            var steps = new TheoryData<string, string>();
            var named = Regex.Matches(Walk, @"`([A-Z]\w+)\.([A-Z]\w+)`").Cast<Match>();
            foreach (var step in named.Select(match => (Type: match.Groups[1].Value, Member: match.Groups[2].Value)).Distinct())
                steps.Add(step.Type, step.Member);
            return steps;
        }
    }

    public static TheoryData<string> Folders => [.. FolderNames()];

    [Theory]
    [MemberData(nameof(Steps))]
    public void A_step_of_the_walk_is_a_member_of_the_code(string type, string member) =>
        Assert.True(Types[type].Any(candidate => Has(candidate, member)), $"There is no {type}.{member}.");

    /// <summary>A refactoring that removes a method from the call path must also change the page.</summary>
    [Fact]
    public void Every_step_is_on_the_way_of_the_two_cmdlets()
    {
        var reached = CallGraph.ReachedFrom(
            (nameof(InvokeComposeUpCommand), "BringUp"), (nameof(GetComposeServiceCommand), "ProcessRecord"));

        Assert.Empty(Steps.Select(row => ((string)row[0], (string)row[1])).Except(reached));
    }

    [Fact]
    public void A_type_of_the_walk_is_a_type_of_the_code()
    {
        var named = Regex.Matches(Walk, "`([A-Z][a-z]+[A-Z][A-Za-z]+)`").Cast<Match>().Select(match => match.Groups[1].Value);

        Assert.Empty(named.Except(Types.Select(type => type.Key)).Except([nameof(WalkTests)]));
    }

    [Theory]
    [MemberData(nameof(Folders))]
    public void A_folder_of_the_rooms_exists(string folder) => Assert.True(SourceTree.Exists(folder), folder);

    [Fact]
    public void Every_folder_of_the_core_is_in_the_rooms()
    {
        var core = Path.Combine(SourceTree.Root, "src");
        var folders = SourceTree.Files("src/Core").Select(file => Path.GetDirectoryName(file)!).Distinct()
            .Select(folder => "src" + folder.Substring(core.Length).Replace('\\', '/')).Where(folder => folder != "src/Core");

        Assert.Empty(folders.Except(FolderNames()));
    }

    private static bool Has(TypeDefinition type, string member) =>
        type.Methods.Any(method => method.Name == member)
        || type.Properties.Any(property => property.Name == member)
        || type.Fields.Any(field => field.Name == member);

    /// <summary>The first cell of each row. A path that starts with no folder of the root is in src/Core.</summary>
    private static IEnumerable<string> FolderNames() =>
        from row in Regex.Matches(Rooms, @"^\|([^|]+)\|", RegexOptions.Multiline).Cast<Match>()
        from name in Regex.Matches(row.Groups[1].Value, "`([^`]+)`").Cast<Match>()
        let path = name.Groups[1].Value
        select Regex.IsMatch(path, "^(src|tools)/") ? path : "src/Core/" + path;

    private static string Section(string title)
    {
        var pattern = $"^## {title}.*?(?=^## )";
        var match = Regex.Match(Page.Replace("\r\n", "\n"), pattern, RegexOptions.Multiline | RegexOptions.Singleline);
        Assert.True(match.Success, $"docs/architecture.md has no section '{title}'.");
        return match.Value;
    }
}
