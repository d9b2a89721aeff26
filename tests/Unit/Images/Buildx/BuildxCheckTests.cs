using Compose.Files;
using Compose.Images.Build;
using Compose.Images.Buildx;
using Compose.Tests.Support;

namespace Compose.Tests.Images.Buildx;

/// <summary>The output of a docker buildx check.</summary>
public class BuildxCheckTests
{
    private const string Answer = """
        {"warnings":[
          {"ruleName":"StageNameCasing","description":"Stage names should be lowercase",
           "url":"https://docs.docker.com/go/dockerfile/rule/stage-name-casing/",
           "detail":"Stage name 'Base' should be lowercase",
           "location":{"ranges":[{"start":{"line":2},"end":{"line":2}}]}},
          {"ruleName":"Other","description":"Something in general"}],
         "sources":[{"filename":"Dockerfile"}],
         "buildError":{"message":"unknown instruction: FOO","location":{"ranges":[{"start":{"line":3}}]}}}
        """;

    [Fact]
    public void A_finding_has_its_rule_its_place_and_its_line()
    {
        var directory = Directory.CreateTempSubdirectory("checked");
        var file = Path.Combine(directory.FullName, "My.Dockerfile");
        File.WriteAllText(file, "# one\nFROM busybox AS Base\nFOO\n");

        var findings = BuildxCheck.Read(
            Request($"services: {{a: {{build: {{context: {directory.FullName}, dockerfile: My.Dockerfile}}}}}}"), Answer);

        directory.Delete(true);
        Assert.Equal(
            [$"{file}:2:1: Stage name 'Base' should be lowercase", $"{file}: Something in general",
                $"{file}:3:1: unknown instruction: FOO"],
            findings.Select(finding => finding.ToString()));
        Assert.Equal(["StageNameCasing", "Other", "DockerfileInvalid"], findings.Select(finding => finding.Id));
        Assert.Equal(
            [DiagnosticSeverity.Warning, DiagnosticSeverity.Warning, DiagnosticSeverity.Error],
            findings.Select(finding => finding.Severity));
        Assert.Equal("FROM busybox AS Base", findings[0].LineText);
        Assert.StartsWith("https://", findings[0].Advice, StringComparison.Ordinal);
        Assert.Equal("services.a.build", findings[0].Path);
    }

    [Fact]
    public void A_Dockerfile_in_the_compose_file_is_found_there()
    {
        var finding = BuildxCheck.Read(
            Request("services:\n  a:\n    build:\n      dockerfile_inline: |\n        # one\n        FROM busybox AS Base\n"),
            Answer)[0];

        Assert.EndsWith(
            "compose.yaml:2:3: line 2 of dockerfile_inline: Stage name 'Base' should be lowercase", finding.ToString(),
            StringComparison.Ordinal);
        Assert.Equal("FROM busybox AS Base", finding.LineText);
    }

    [Fact]
    public void Nothing_found_is_nothing() =>
        Assert.Empty(BuildxCheck.Read(Request("services: {a: {build: /}}"), "{\"sources\":[]}"));

    [Fact]
    public void A_check_builds_and_keeps_nothing()
    {
        var command = BuildxCommand.Create(
            Request("services: {a: {build: {context: /, platforms: [linux/amd64, linux/arm64]}}}"), checks: true);

        Assert.StartsWith(
            "buildx build --progress plain --call check,format=json --tag ", command.CommandLine, StringComparison.Ordinal);
        Assert.DoesNotContain("--output", command.CommandLine, StringComparison.Ordinal);
        Assert.DoesNotContain("--load", command.CommandLine, StringComparison.Ordinal);
    }

    private static BuildRequest Request(string file)
    {
        var project = LoadedFiles.Load(file).Project!;
        return new BuildRequest { Project = project, Service = project.Services["a"], Image = "checked" };
    }
}
