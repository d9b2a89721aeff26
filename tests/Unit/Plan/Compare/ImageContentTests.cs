using Compose.Plan;
using Compose.Plan.Input;
using Compose.State;

namespace Compose.Tests.Plan.Compare;

/// <summary>Images of an engine with the containerd store, which have a digest for each platform.</summary>
public class ImageContentTests
{
    private const string Plain = "services: {a: {image: busybox}}";
    private const string Arm = "services: {a: {image: busybox, platform: linux/arm64}}";
    private static readonly (string, string?)[] TwoPlatforms = [
        ("sha256:s390x", "linux/s390x"), ("sha256:arm", "linux/arm64/v8")];

    [Fact]
    public void The_label_is_the_manifest_of_the_services_platform() =>
        Assert.Equal("sha256:arm", Label(new Situation(Arm).Stored("busybox", "sha256:index", TwoPlatforms)));

    [Fact]
    public void The_only_manifest_is_the_label_whatever_it_is_for() =>
        Assert.Equal("sha256:one", Label(new Situation(Plain).Stored("busybox", "sha256:index", ("sha256:one", "linux/s390x"))));

    [Fact]
    public void An_image_without_this_platform_is_labelled_with_its_id() =>
        Assert.Equal(
            "sha256:index",
            Label(
                new Situation(Plain).Stored(
                    "busybox", "sha256:index", ("sha256:s390x", "linux/s390x"), ("sha256:ppc", "linux/ppc64le"))));

    [Theory]
    [InlineData("5.4.0", "sha256:arm")]
    [InlineData("5.3.1", "sha256:index")]
    [InlineData("2.40.3", "sha256:index")]
    public void The_release_says_what_the_label_holds(string release, string label) =>
        Assert.Equal(
            label,
            Label(new Situation(Arm).Stored("busybox", "sha256:index", TwoPlatforms), new UpOptions { Release = release }));

    [Theory]
    [InlineData("sha256:index", "", false)]
    [InlineData("sha256:arm", "", false)]
    [InlineData("sha256:before", "sha256:arm", false)]
    [InlineData("sha256:before", "sha256:other", true)]
    [InlineData("sha256:s390x", "", true)]
    public void A_container_is_recreated_only_when_what_it_runs_is_another(string label, string manifest, bool recreated)
    {
        var plan = new Situation(Arm)
            .Running()
            .Stored("busybox", "sha256:index", TwoPlatforms)
            .Changed(container => container with
        {
            ImageId = "sha256:before", ImageManifest = manifest, Labels = Situation.With(
                container.Labels, ComposeLabels.Image, label),
        }).Up();

        Assert.Equal(recreated, plan.Actions.OfType<CreateContainer>().Any());
    }

    [Theory]
    [InlineData("linux/arm64", false)]
    [InlineData("linux/s390x", false)]
    [InlineData("linux/amd64", true)]
    public void An_image_is_pulled_only_for_a_platform_it_lacks(string platform, bool pulled)
    {
        // Inspect shows only one platform, and must not be used.
        var plan = new Situation($"services: {{a: {{image: busybox, platform: {platform}}}}}")
            .Inspected("busybox", "amd64")
            .Stored("busybox", "sha256:index", TwoPlatforms)
            .Up();

        Assert.Equal(pulled, plan.Actions.OfType<PullImage>().Any());
    }

    private static string? Label(Situation situation, UpOptions? options = null) =>
        Situation.Source(situation.Up(options).Actions.OfType<CreateContainer>().Single()).ImageId;
}
