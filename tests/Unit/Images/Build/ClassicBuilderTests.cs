using Compose.Errors;
using Compose.Images.Build;
using Compose.Tests.Support;

namespace Compose.Tests.Images.Build;

/// <summary>What DOCKER_BUILDKIT=0 does not allow.</summary>
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

    /// <summary>
    /// The earlier image gets its name back after a pull, but not after a build that gave the name a new image.
    /// </summary>
    [EngineFact]
    public async Task A_name_that_is_built_meanwhile_keeps_its_new_image()
    {
        await using var project = await EngineProject.CreateAsync("classicnames");
        var engine = project.Session.Engine;
        var image = project.Name + "-base";
        await engine.Images.TagAsync("busybox", image, "latest", CancellationToken.None);
        var before = (await engine.Images.InspectAsync(image, CancellationToken.None)).Id;
        var model = project.Load(
            $"services: {{base: {{image: {image}, build: {{dockerfile_inline: \"FROM busybox\\nLABEL new=1\\n\"}}}}, "
            + $"web: {{build: {{no_cache: true, dockerfile_inline: \"FROM {image}\\nRUN sleep 2\\n\"}}}}}}",
            new Dictionary<string, string> { ["DOCKER_BUILDKIT"] = "0" });

        await Task.WhenAll(model.Services.Values.Select(service => ImageBuilder.BuildAsync(
            engine,
            new BuildRequest { Project = model, Service = service, Image = model.ImageOf(service) },
            null,
            project,
            CancellationToken.None)));

        Assert.NotEqual(before, (await engine.Images.InspectAsync(image, CancellationToken.None)).Id);
        foreach (var service in model.Services.Values)
            await engine.Images.RemoveAsync(model.ImageOf(service), true, CancellationToken.None);
    }
}
