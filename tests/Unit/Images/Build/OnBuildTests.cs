using Compose.Errors;
using Compose.Images.Build;
using Compose.Tests.Images.Buildx;
using Compose.Tests.Images.Registry;
using Compose.Tests.Support;

namespace Compose.Tests.Images.Build;

/// <summary>ONBUILD instructions of a base image count as if they were in the Dockerfile.</summary>
[Collection(BuildxTests.Path)]
public sealed class OnBuildTests
{
    private const string Base = "composetest-triggers";
    private const string Optional = "ONBUILD RUN --mount=type=secret,id=token true";
    private const string Required = "ONBUILD RUN --mount=type=secret,id=token,required true";
    private const string Context = "ONBUILD COPY --from=tools /made /made";

    [EngineTheory]
    [InlineData(Optional, "BuildNeedsSession", "the secret 'token' (")]
    [InlineData(Required, "BuildMountNotGiven", "the secret 'token' is required")]
    [InlineData(Context, "BuildNeedsSession", "an image whose ONBUILD takes the additional context 'tools'")]
    public async Task Without_a_session_it_is_refused_by_name_and_no_line_is_blamed(string trigger, string id, string told)
    {
        using var path = new PathWithoutDocker();

        var error = await Assert.ThrowsAsync<ComposeException>(() => BuildAsync(trigger));

        Assert.Equal(id, error.Info.Id);
        Assert.Contains(told, error.Info.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("Dockerfile", error.Info.Message, StringComparison.Ordinal);
        Assert.StartsWith("compose.yaml:", Path.GetFileName(error.Info.Message.Split(": ")[0]), StringComparison.Ordinal);
    }

    [BuildxTheory]
    [InlineData(Optional)]
    [InlineData(Context)]
    public async Task With_buildx_it_is_built(string trigger)
    {
        using var buildx = new BuildxOnPath();
        using var session = await TestRegistry.SessionAsync();
        if (trigger == Context && !session.Engine.HasBuildKit)
            return;

        await BuildAsync(trigger, "RUN test ! -e /made || grep -q here /made");
    }

    /// <summary>
    /// Builds on a base image with an ONBUILD instruction; "tools" is another service's image, with a file in it.
    /// </summary>
    private static async Task BuildAsync(string trigger, string then = "RUN true")
    {
        await using var project = await EngineProject.CreateAsync("onbuild");
        project.Write("Dockerfile", $"FROM {Base}\n{then}\n");
        project.Write("base", $"FROM busybox\n{trigger}\n");
        project.Write("tools", "FROM busybox\nRUN echo here > /made\n");
        // The BuildKit of engine 20.10 does not support additional contexts, used or not.
        var contexts = trigger == Context ? ", additional_contexts: {tools: \"service:tools\"}" : "";
        var model = project.Load($$"""
            services:
              base: {image: {{Base}}, build: {dockerfile: base} }
              tools: {build: {dockerfile: tools} }
              web: {build: {context: .{{contexts}} } }
            """, new Dictionary<string, string> { ["DOCKER_BUILDKIT"] = "1" });
        var made = new List<string>();
        try
        {
            foreach (var name in new[] { "base", "tools", "web" })
            {
                var service = model.Services[name];
                var request = new BuildRequest { Project = model, Service = service, Image = model.ImageOf(service) };
                await ImageBuilder.BuildAsync(project.Session.Engine, request, null, project, CancellationToken.None);
                made.Add(request.Image);
            }
        }
        finally
        {
            foreach (var image in made)
                await project.Session.Engine.Images.RemoveAsync(image, true, CancellationToken.None);
        }
    }
}
