using Compose.Errors;
using Compose.Plan;

namespace Compose.Tests.Plan;

/// <summary>Which images are pulled or built: every pull policy against what the engine has.</summary>
public class ImagePlannerTests
{
    private const string Yesterday = "2026-01-07T11:59:00.123456789Z";
    private const string Today = "2026-01-08T11:00:00Z";
    private const string LastWeek = "2026-01-01T11:00:00+00:00";

    [Theory]
    [InlineData("always", Today, true)]
    [InlineData("missing", LastWeek, false)]
    [InlineData("if_not_present", LastWeek, false)]
    [InlineData("never", LastWeek, false)]
    [InlineData("daily", Today, false)]
    [InlineData("daily", Yesterday, true)]
    [InlineData("weekly", Yesterday, false)]
    [InlineData("weekly", LastWeek, true)]
    [InlineData("every_30m", Today, true)]
    [InlineData("every_2h", Today, false)]
    [InlineData("every_1d12h", Yesterday, false)]
    [InlineData("every_1d12h", LastWeek, true)]
    [InlineData("daily", null, true)]
    [InlineData("daily", "0001-01-01T00:00:00Z", true)]
    public void A_present_image_is_pulled_when_its_policy_says_so(string policy, string? tagged, bool pulled)
    {
        var plan = new Situation($"services: {{a: {{image: busybox, pull_policy: {policy}}}}}").Inspected("busybox", tagged: tagged).Up();

        Assert.Equal(pulled, plan.Actions.OfType<PullImage>().Any());
        Assert.All(plan.Actions.OfType<PullImage>(), pull => Assert.Contains(policy, pull.Cause, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("linux/amd64", "amd64", false)]
    [InlineData("linux", "amd64", false)]
    [InlineData("linux/x86_64", "amd64", false)]
    [InlineData("linux/arm64/v8", "arm64", false)]
    [InlineData("linux/arm64", "amd64", true)]
    [InlineData("linux/arm/v7", "arm", true)]
    [InlineData("windows/amd64", "amd64", true)]
    public void An_image_for_another_platform_counts_as_absent(string platform, string architecture, bool pulled)
    {
        var plan = new Situation($"services: {{a: {{image: busybox, platform: {platform}}}}}").Inspected("busybox", architecture).Up();

        Assert.Equal(pulled, plan.Actions.OfType<PullImage>().Any());
        Assert.All(plan.Actions.OfType<PullImage>(), pull => Assert.Contains($"for linux/{architecture} alone, not for {platform}", pull.Cause, StringComparison.Ordinal));
    }

    [Fact]
    public void Never_refuses_an_absent_image_at_its_place()
    {
        var error = Assert.Throws<ComposeException>(() => new Situation("services:\n  a:\n    image: busybox\n    pull_policy: never\n").Up()).Info;

        Assert.Equal("ImageNotFound", error.Id);
        Assert.Contains("compose.yaml:2:3", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_policy_is_heeded_though_another_service_runs_the_same_image()
    {
        var plan = new Situation("services:\n  a: {image: busybox}\n  b: {image: busybox, pull_policy: always}\n  c: {image: busybox, pull_policy: always}\n").Images("busybox").Up();

        Assert.Equal("pull policy is always", Assert.Single(plan.Actions.OfType<PullImage>()).Cause);
    }

    [Fact]
    public void An_image_one_service_builds_is_built_once_for_all()
    {
        var plan = new Situation("services:\n  a: {image: acme, pull_policy: missing}\n  b: {image: acme, build: ., pull_policy: build}\n").Up();

        Assert.Empty(plan.Actions.OfType<PullImage>());
        Assert.Equal("acme", Assert.Single(plan.Actions.OfType<BuildImage>()).Image);
    }

    [Fact]
    public void A_digest_is_found_by_its_digest()
    {
        var digest = "sha256:" + new string('a', 64);
        var yaml = $"services: {{a: {{image: 'busybox:1.36@{digest}'}}}}";

        Assert.Empty(new Situation(yaml).Images("busybox@" + digest).Up().Actions.OfType<PullImage>());
        Assert.Single(new Situation(yaml).Images("busybox:1.36").Up().Actions.OfType<PullImage>());
    }
}
