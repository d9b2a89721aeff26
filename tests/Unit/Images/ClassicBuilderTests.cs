using Compose.Errors;
using Compose.Images;
using Compose.Tests.Support;

namespace Compose.Tests.Images;

/// <summary>What DOCKER_BUILDKIT=0 rules out.</summary>
public class ClassicBuilderTests
{
    [Theory]
    [InlineData("platforms: [linux/amd64, linux/arm64]", "several platforms")]
    [InlineData("privileged: true", "privileged")]
    [InlineData("ssh: [default]", "ssh")]
    [InlineData("secrets: [token]", "secrets")]
    [InlineData("additional_contexts: {files: /srv}", "additional contexts that are no images")]
    public void What_the_classic_builder_cannot_do_is_refused_by_name(string attribute, string named)
    {
        var error = Assert.Throws<ComposeException>(() => ClassicBuilder.Check(Request(attribute, false)));

        Assert.Equal("BuildNeedsBuildKit", error.Info.Id);
        Assert.EndsWith("does not support " + named + ".", error.Info.Message, StringComparison.Ordinal);
        ClassicBuilder.Check(Request(attribute, true));
        ClassicBuilder.Check(Request(attribute, null));
    }

    [Theory]
    [InlineData("platforms: [linux/amd64]")]
    [InlineData("additional_contexts: {base: \"docker-image://busybox\"}")]
    [InlineData("args: {A: \"1\"}")]
    public void What_it_can_do_is_not_refused(string attribute) => ClassicBuilder.Check(Request(attribute, false));

    private static BuildRequest Request(string attribute, bool? buildKit)
    {
        var variables = new Dictionary<string, string>();
        if (buildKit is { } chosen)
            variables["DOCKER_BUILDKIT"] = chosen ? "1" : "0";
        var project = LoadedFiles.Load(
            [$"services:\n  a:\n    build:\n      context: /\n      {attribute}\nsecrets: {{token: {{environment: TOKEN}}}}\n"],
            new Dictionary<string, string>(),
            request => request with { Environment = variables }).Project!;
        return new BuildRequest { Project = project, Service = project.Services["a"], Image = "a" };
    }
}
