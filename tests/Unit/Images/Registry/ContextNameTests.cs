using Compose.Errors;
using Compose.Images.Build;
using Compose.Tests.Images.Buildx;
using Compose.Tests.Support;

namespace Compose.Tests.Images.Registry;

/// <summary>
/// The name of an additional context is never looked up in a registry, where it could be somebody else's image. The names here
/// belong to a registry that counts requests.
/// </summary>
[Collection(BuildxTests.Path)]
public sealed class ContextNameTests
{
    private const string OnBuildBase = "composetest-onbuild";

    /// <summary>The Dockerfiles by their special feature; {0} is the name of the context.</summary>
    private static readonly Dictionary<string, string> Forms = new()
    {
        ["plain"] = "FROM {0}\n",
        ["document"] = "FROM busybox\nCOPY <<EOF /readme\nFROM {0}\nEOF\n",
        ["argument"] = "ARG BASE={0}\nFROM ${{BASE}}\n",
        ["continued copy"] = "FROM busybox\nCOPY \\\n# a comment\n  --from={0} /bin/true /copied\n",
        ["continued mount"] = "FROM busybox\nRUN \\\n  --mount=type=bind,\\\nfrom={0},target=/x true\n",
        ["quoted"] = "FROM \"{0}\"\n",
        ["kept"] = "FROM busybox AS first\nONBUILD COPY --from={0} /bin/true /copied\nFROM first\n",
        ["kept by the base"] = $"FROM {OnBuildBase}\n",
    };

    /// <summary>The result of each: null if it is built, otherwise the error.</summary>
    [EngineTheory]
    [InlineData("plain", null, null)]
    [InlineData("document", null, "BuildFailed")]
    [InlineData("argument", "BuildNeedsSession", "BuildNeedsBuildKit")]
    [InlineData("continued copy", null, null)]
    [InlineData("continued mount", null, "BuildFailed")]
    [InlineData("quoted", "BuildNeedsSession", "BuildNeedsBuildKit")]
    [InlineData("kept", "BuildNeedsSession", "BuildNeedsBuildKit")]
    [InlineData("kept by the base", "BuildNeedsSession", "BuildNeedsBuildKit")]
    public async Task Without_a_session_it_is_replaced_or_refused(string form, string? native, string? classic)
    {
        using var path = new PathWithoutDocker();

        await AssertNotAskedAsync(form, "1", form == "document" && !await IsNewerAsync() ? "BuildFailed" : native);
        await AssertNotAskedAsync(form, "0", classic);
    }

    [BuildxTheory]
    [InlineData("plain")]
    [InlineData("document")]
    [InlineData("argument")]
    [InlineData("continued copy")]
    [InlineData("continued mount")]
    [InlineData("quoted")]
    [InlineData("kept")]
    [InlineData("kept by the base")]
    public async Task With_buildx_it_is_the_context(string form)
    {
        using var buildx = new BuildxOnPath();

        // The BuildKit of engine 20.10 does not support additional contexts, and refuses.
        await AssertNotAskedAsync(form, "1", await IsNewerAsync() ? null : "BuildFailed", builder: "default");
    }

    /// <summary>Without the context, the registry gets a request: the tests above would see one.</summary>
    [EngineTheory]
    [InlineData("plain", "0")]
    [InlineData("plain", "1")]
    [InlineData("argument", "0")]
    [InlineData("argument", "1")]
    [InlineData("continued copy", "0")]
    [InlineData("continued copy", "1")]
    [InlineData("continued mount", "1")]
    [InlineData("quoted", "0")]
    [InlineData("quoted", "1")]
    [InlineData("kept", "0")]
    [InlineData("kept", "1")]
    [InlineData("kept by the base", "0")]
    [InlineData("kept by the base", "1")]
    public async Task A_name_that_is_no_context_is_asked_for(string form, string buildKit)
    {
        using var path = new PathWithoutDocker();

        var (asked, error) = await BuildAsync(form, buildKit, isContext: false);

        Assert.NotNull(error);
        // The BuildKit of engine 20.10 takes the name for a stage there, and finds none.
        var isStage = form.StartsWith("kept", StringComparison.Ordinal) && buildKit == "1" && !await IsNewerAsync();
        Assert.Equal(isStage, asked == 0);
    }

    private static async Task AssertNotAskedAsync(string form, string buildKit, string? expected, string? builder = null)
    {
        var (asked, error) = await BuildAsync(form, buildKit, isContext: true, builder);

        Assert.True(error?.Info.Id == expected, error?.Info.Message ?? "It was built.");
        Assert.Equal(0, asked);
    }

    private static async Task<(int Asked, ComposeException? Error)> BuildAsync(
        string form, string buildKit, bool isContext, string? builder = null)
    {
        using var registry = new CountingRegistry();
        await using var project = await EngineProject.CreateAsync("contextname");
        var text = string.Format(System.Globalization.CultureInfo.InvariantCulture, Forms[form], registry.Image);
        project.Write("Dockerfile", text + "CMD [\"true\"]\n");
        var kept = $"FROM busybox\nONBUILD COPY --from={registry.Image} /bin/true /copied\n";
        var contexts = isContext ? $", additional_contexts: {{\"{registry.Image}\": \"docker-image://busybox\"}}" : "";
        var model = project.Load(
            $"services: {{a: {{image: {project.Name}, build: {{context: .{contexts}}}}}, "
            + $"base: {{image: {OnBuildBase}, "
            + $"build: {{dockerfile_inline: {System.Text.Json.JsonSerializer.Serialize(kept)}}}}}}}",
            new Dictionary<string, string> { ["DOCKER_BUILDKIT"] = buildKit });
        var made = new List<string>();
        try
        {
            if (form == "kept by the base")
                await BuildOneAsync("base", null);
            await BuildOneAsync("a", builder);
            return (registry.Asked, null);
        }
        catch (ComposeException exception)
        {
            return (registry.Asked, exception);
        }
        finally
        {
            foreach (var image in made)
                await project.Session.Engine.Images.RemoveAsync(image, true, CancellationToken.None);
        }

        async Task BuildOneAsync(string name, string? by)
        {
            var service = model.Services[name];
            var request = new BuildRequest { Project = model, Service = service, Image = model.ImageOf(service), Builder = by };
            await ImageBuilder.BuildAsync(project.Session.Engine, request, null, project, CancellationToken.None);
            made.Add(request.Image);
        }
    }

    /// <summary>Whether the engine's own BuildKit supports contexts and here-documents.</summary>
    private static async Task<bool> IsNewerAsync()
    {
        using var session = await TestRegistry.SessionAsync();
        return session.Engine.HasBuildKit;
    }
}
