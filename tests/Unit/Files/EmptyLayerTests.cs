using Compose.Tests.Support;

namespace Compose.Tests.Files;

/// <summary>An empty file adds nothing; only all files together must contain something.</summary>
public class EmptyLayerTests
{
    private const string Service = "services:\n  a: {image: i}\n";

    [Theory]
    [InlineData("")]
    [InlineData("# comments\n# only\n")]
    [InlineData("{}")]
    [InlineData("  \n\n")]
    [InlineData("\ufeff")]
    [InlineData("version: '3'")]
    public void A_layer_without_content_adds_nothing(string nothing)
    {
        Assert.Equal(["a"], LoadedFiles.Load(Service, nothing).Project?.Services.Keys);
        Assert.Equal(["a"], LoadedFiles.Load(nothing, Service).Project?.Services.Keys);
        Assert.Equal(
            ["a"],
            LoadedFiles.Load(
                ["include: [x.yaml]\n" + Service],
                new Dictionary<string, string> { ["x.yaml"] = nothing }).Project?.Services.Keys);
    }

    [Theory]
    [InlineData("")]
    [InlineData("# comments")]
    [InlineData("{}")]
    [InlineData("version: '3'")]
    public void The_sum_of_the_layers_may_not_be_empty(string nothing)
    {
        var alone = LoadedFiles.Load(nothing).Diagnostics.Where(found => found.Id != "ObsoleteVersion");
        var twice = LoadedFiles.Load(nothing, nothing).Diagnostics.Where(found => found.Id != "ObsoleteVersion");
        var included = LoadedFiles.Load(
            ["include: [x.yaml]"],
            new Dictionary<string, string> { ["x.yaml"] = nothing }).Diagnostics.Where(found => found.Id != "ObsoleteVersion");

        foreach (var found in new[] { alone, twice, included })
            Assert.Equal(
                ("EmptyComposeFile", "compose.yaml", 1, 1),
                (Assert.Single(found).Id, Path.GetFileName(found.Single().File), found.Single().Line, found.Single().Column));
    }

    [Theory]
    [InlineData("---\n", 0)]
    [InlineData("---\n# nothing\n", 0)]
    [InlineData(Service + "---\n", 1)]
    [InlineData("null", 0)]
    [InlineData("[]", 0)]
    public void A_document_that_is_no_mapping_is_refused(string text, int mentions)
    {
        var later = LoadedFiles.Load(Service, text);

        Assert.Null(later.Project);
        var error = Assert.Single(later.Diagnostics);
        Assert.Equal(("WrongType", "compose.1.yaml"), (error.Id, Path.GetFileName(error.File)));
        Assert.True(error.Line > mentions, error.ToString());
        Assert.Single(LoadedFiles.Load(text).Diagnostics);
    }

    [Fact]
    public void Services_that_say_nothing_are_refused_in_any_layer()
    {
        var error = Assert.Single(LoadedFiles.Load(Service, "services:\n").Diagnostics);

        Assert.Equal(("WrongType", "compose.1.yaml", 1, 1), (error.Id, Path.GetFileName(error.File), error.Line, error.Column));
        Assert.Single(LoadedFiles.Load("services:\n").Diagnostics);
        Assert.Equal(["a"], LoadedFiles.Load(Service, "services: {}\n").Project?.Services.Keys);
    }

    [Theory]
    [InlineData("name: mine")]
    [InlineData("networks: {n: {}}")]
    [InlineData("x-note: 1")]
    public void What_has_no_service_is_still_a_project(string text) => Assert.Empty(LoadedFiles.Load(text).Project!.Services);

    [Fact]
    public void A_name_that_says_nothing_leaves_the_earlier_one() =>
        Assert.NotNull(LoadedFiles.Load("name: mine\n" + Service, "name:\n").Project);
}
