using Compose.Model;
using Compose.Model.Origins;
using Compose.Tests.Support;

namespace Compose.Tests.Files;

/// <summary>An included file has its own variables; values that it passes through by name come from them.</summary>
public class IncludedVariablesTests
{
    private static ComposeProject Load(
        string included,
        string root = "include: [{path: sub/x.yaml, env_file: sub/my.env}]") => LoadedFiles.Load(
            [root], new Dictionary<string, string>
    {
        ["sub/x.yaml"] = included, [
            "sub/my.env"] = "MINE=hidden\nBOTH=theirs\n", ["sub/.env"] = "MINE=beside\n", [".env"] = "BOTH=root\n",
        ["sub/deep/y.yaml"] = "services: {y: {image: i, environment: [MINE, DEEP]}}", [
            "sub/deep/.env"] = "DEEP=down\nMINE=deep\n",
    }).Project!;

    [Fact]
    public void A_service_gets_them_and_the_projects_go_first() => Assert.Equal(
        ("hidden", "root", null, "said"),
        Values(Load("services: {a: {image: i, environment: [MINE, BOTH, NONE, SAID=said]}}").Services["a"]));

    [Fact]
    public void The_env_file_beside_the_included_file_counts_where_none_is_named() => Assert.Equal(
        "beside",
        Load("services: {a: {image: i, environment: [MINE]}}", "include: [sub/x.yaml]").Services["a"].Environment["MINE"]);

    [Fact]
    public void An_include_in_an_include_has_those_of_both()
    {
        var variables = Load("include: [deep/y.yaml]").Services["y"].Environment;

        Assert.Equal(("hidden", "down"), (variables["MINE"], variables["DEEP"]));
    }

    [Fact]
    public void So_does_a_service_it_extends() => Assert.Equal(
        "hidden", Load("services: {a: {extends: {file: deep/y.yaml, service: y}}}").Services["a"].Environment["MINE"]);

    [Fact]
    public void A_null_in_a_mapping_waits_for_the_project_as_with_docker_compose() => Assert.Null(
        Load("services: {a: {image: i, environment: {MINE: }}}").Services["a"].Environment["MINE"]);

    [Fact]
    public void Secrets_and_configs_hold_them()
    {
        var project = Load(
            "services: {a: {image: i, secrets: [s], configs: [c, r]}}\nsecrets: {s: {environment: MINE}}\nconfigs: {c: "
                + "{environment: MINE}, r: {environment: BOTH}}");

        Assert.Equal(
            ("hidden", "hidden", "root"),
            (project.Secrets["s"].Content, project.Configs["c"].Content, project.Configs["r"].Content));
    }

    [Fact]
    public void The_file_that_includes_does_not_get_them() => Assert.Null(
        Load(
            "services: {a: {image: i}}",
            "include: [{path: sub/x.yaml, env_file: sub/my.env}]\nservices: {r: {image: i, environment: [MINE]}}")
                .Services["r"].Environment["MINE"]);

    [Fact]
    public void Where_a_value_came_from_is_told() => Assert.Contains(
        "my.env:1",
        Assert.Single(
            ProvenanceReader.Read(Load("services: {a: {image: i, environment: [MINE]}}")),
            value => value.Path == "services.a.environment.MINE").Variables.Single(),
        StringComparison.Ordinal);

    private static (string?, string?, string?, string?) Values(ServiceDefinition service) =>
        (service.Environment["MINE"], service.Environment["BOTH"], service.Environment["NONE"], service.Environment["SAID"]);
}
