using Compose.Model.Checks;
using Compose.Tests.Support;

namespace Compose.Tests.Model;

/// <summary>The orders that follow from dependencies.</summary>
public class DependencyGraphTests
{
    private static readonly DependencyGraph Graph = new(LoadedFiles.Load(
        "services:\n  web: {image: i, depends_on: [api, store]}\n  api: {image: i, depends_on: [store]}\n  store: {image: i}\n"
            + "  alone: {image: i}").Project!.Services);

    [Fact]
    public void Dependencies_come_first_otherwise_the_files_order_holds() =>
        Assert.Equal(["store", "api", "web", "alone"], Graph.InOrder());

    [Fact]
    public void A_selection_takes_its_dependencies_along() =>
        Assert.Equal(["api", "store"], Graph.WithDependencies(["api"]).Order());

    [Fact]
    public void There_is_no_cycle() => Assert.Null(Graph.FindCycle());
}
