using Compose.Files;
using Compose.Model;
using Compose.Tests.Support;

namespace Compose.Tests.Model;

/// <summary>A file under env_file or label_file is needed only by commands that create its service.</summary>
public class ServiceFilesTests
{
    private const string Project = """
        services:
          a: {image: i, env_file: a.env}
          b: {image: i, env_file: none.env, depends_on: [c]}
          c: {image: i, label_file: none.labels}
          d: {image: i, env_file: none.env, profiles: [p]}
        """;

    private static LoadResult Load(Func<LoadRequest, LoadRequest> change, string env = "A=1\n") =>
        LoadedFiles.Load([Project], new Dictionary<string, string> { ["a.env"] = env }, change);

    private static string Told(LoadResult result) =>
        string.Join(", ", result.Diagnostics.Select(found => $"{found.Id} {found.Line}"));

    [Fact]
    public void A_service_alone_needs_its_own() =>
        Assert.Equal("1", Load(request => request with { Services = ["a"] }).Project!.Services["a"].Environment["A"]);

    [Fact]
    public void One_with_dependencies_needs_theirs_too() =>
        Assert.Equal("EnvFileNotFound 3, EnvFileNotFound 4", Told(Load(request => request with { Services = ["b"] })));

    [Fact]
    public void Without_dependencies_it_does_not() =>
        Assert.Equal("EnvFileNotFound 3", Told(Load(request => request with { Services = ["b"], NoDependencies = true })));

    [Fact]
    public void A_disabled_service_needs_none() =>
        Assert.Equal("EnvFileNotFound 3, EnvFileNotFound 4", Told(Load(request => request)));

    [Fact]
    public void A_profile_that_enables_it_makes_it_need_its_own() =>
        Assert.Equal(
            "EnvFileNotFound 3, EnvFileNotFound 4, EnvFileNotFound 5", Told(Load(request => request with { Profiles = ["p"] })));

    [Fact]
    public void Work_that_makes_nothing_needs_none_and_knows_what_it_lacks()
    {
        var result = Load(request => request with { ForCreation = false });

        Assert.Empty(result.Diagnostics);
        Assert.Equal([false, true, true], result.Project!.Services.Values.Select(service => service.HasMissingFiles));
        Assert.Equal("1", result.Project.Services["a"].Environment["A"]);
    }

    [Fact]
    public void A_broken_file_stops_as_little_as_a_missing_one()
    {
        Assert.Equal("BadEnvFile 1", Told(Load(request => request with { Services = ["a"] }, "A B=1\n")));
        Assert.Empty(Load(request => request with { Services = ["a"], ForCreation = false }, "A B=1\n").Diagnostics);
    }

    [Fact]
    public void Files_that_are_not_to_be_read_are_not_needed() =>
        Assert.Equal(
            ["none.env"],
            Load(request =>
                request with { Services = ["b"], NoDependencies = true, EnvironmentResolution = false })
                .Project!.Services["b"].EnvFiles.Select(file => Path.GetFileName(file.Path)));

    [Fact]
    public void A_container_name_used_twice_counts_among_what_is_selected()
    {
        const string Twice =
            "services:\n  a: {image: i, container_name: xx, depends_on: [c]}\n  b: {image: i, container_name: xx}\n  c: {image: "
                + "i, container_name: yy}";

        LoadResult Selected(params string[] services) =>
            LoadedFiles.Load([Twice], new Dictionary<string, string>(), request => request with { Services = services });
        Assert.NotNull(Selected("a").Project);
        Assert.NotNull(Selected("b").Project);
        Assert.Equal("ContainerNameTwice 3", Told(Selected("a", "b")));
        Assert.Equal("ContainerNameTwice 3", Told(Selected()));
        Assert.NotNull(
            LoadedFiles.Load([Twice], new Dictionary<string, string>(), request => request with { ForCreation = false }).Project);
    }
}
