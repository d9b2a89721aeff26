using Compose.Engine.Api;
using Compose.Engine.Dto;
using Compose.State;

namespace Compose.Tests.Engine.Api;

/// <summary>The conversion of Podman's image names and states to Docker's.</summary>
public class PodmanTranslationTests
{
    [Theory]
    [InlineData("docker.io/library/busybox:latest", "busybox:latest")]
    [InlineData("docker.io/acme/api:1", "acme/api:1")]
    [InlineData("localhost/demo-web:latest", "demo-web:latest")]
    [InlineData("quay.io/acme/api:1", "quay.io/acme/api:1")]
    [InlineData("localhost:5000/api:1", "localhost:5000/api:1")]
    public void Names_are_as_Docker_lists_them(string name, string docker) => Assert.Equal(docker, PodmanTranslation.Name(name));

    [Fact]
    public void A_short_name_means_the_local_image_before_that_of_Docker_Hub()
    {
        var state = State(Image("1", "docker.io/library/busybox:latest"), Image("2", "localhost/busybox:latest"));

        Assert.Equal("2", state.Image("busybox")?.Id);
        Assert.Equal("2", state.Image("localhost/busybox")?.Id);
        Assert.Equal("1", state.Image("docker.io/library/busybox")?.Id);
    }

    [Fact]
    public void A_name_of_Docker_Hub_is_not_answered_by_a_local_image()
    {
        var state = State(Image("2", "localhost/busybox:latest"));

        Assert.Equal("2", state.Image("busybox:latest")?.Id);
        Assert.Null(state.Image("docker.io/library/busybox"));
        Assert.Null(state.Image("docker.io/busybox:latest"));
    }

    [Fact]
    public void A_local_image_has_no_digest_of_a_registry()
    {
        var image = PodmanTranslation.Image(
            new ImageInspect { Id = "1", RepoDigests = ["localhost/web@sha256:a", "docker.io/library/busybox@sha256:b"] });

        Assert.Equal(["busybox@sha256:b"], image.RepoDigests);
    }

    [Theory]
    [InlineData("stopped", "exited")]
    [InlineData("stopping", "running")]
    [InlineData("initialized", "created")]
    [InlineData("running", "running")]
    public void States_are_those_of_Docker(string podman, string docker) =>
        Assert.Equal(docker, PodmanTranslation.Container(new ContainerSummary { Id = "1", State = podman }).State);

    private static ImageSummary Image(string id, string tag) => new() { Id = id, RepoTags = [tag] };

    private static ObservedState State(params ImageSummary[] images) => new()
    {
        EngineHost = "", ProjectName = "demo", ApiMinor = 44, IsPodman = true,
        Images = [
            .. PodmanTranslation.Images(images)
            .Select(image => new ObservedImage(image.Id, [.. image.RepoTags!], new Dictionary<string, string>()))],
    };
}
