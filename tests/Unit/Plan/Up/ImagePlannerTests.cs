using Compose.Errors;
using Compose.Plan;
using Compose.Plan.Prepare;

namespace Compose.Tests.Plan.Up;

/// <summary>Which images are pulled or built: every pull policy, with and without the image on the engine.</summary>
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
        var situation = new Situation($"services: {{a: {{image: busybox, pull_policy: {policy}}}}}");

        var plan = situation.Inspected("busybox", tagged: tagged).Up();

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
        var situation = new Situation($"services: {{a: {{image: busybox, platform: {platform}}}}}");

        var pulls = situation.Inspected("busybox", architecture).Up().Actions.OfType<PullImage>().ToList();

        var cause = $"for linux/{architecture} alone, not for {platform}";
        Assert.Equal(pulled ? 1 : 0, pulls.Count);
        Assert.All(pulls, pull => Assert.Contains(cause, pull.Cause, StringComparison.Ordinal));
    }

    [Fact]
    public void Never_refuses_an_absent_image_at_its_place()
    {
        var situation = new Situation("""
            services:
              a:
                image: busybox
                pull_policy: never
            """);

        var error = Assert.Throws<ComposeException>(() => situation.Up()).Info;

        Assert.Equal("ImageNotFound", error.Id);
        Assert.Contains("compose.yaml:2:3", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_image_of_several_services_is_pulled_once_if_one_of_their_policies_says_so()
    {
        var plan = new Situation("""
            services:
              a: {image: busybox}
              b: {image: busybox, pull_policy: always}
              c: {image: busybox, pull_policy: always}
            """).Images("busybox").Up();

        Assert.Equal("pull policy is always", Assert.Single(plan.Actions.OfType<PullImage>()).Cause);
    }

    [Fact]
    public void An_image_one_service_builds_is_built_once_for_all()
    {
        var plan = new Situation("""
            services:
              a: {image: acme, pull_policy: missing}
              b: {image: acme, build: ., pull_policy: build}
            """).Up();

        Assert.Empty(plan.Actions.OfType<PullImage>());
        Assert.Equal("acme", Assert.Single(plan.Actions.OfType<BuildImage>()).Image);
    }

    [Fact]
    public void An_image_with_a_digest_is_found_by_the_digest_alone()
    {
        var digest = "sha256:" + new string('a', 64);
        var yaml = $"services: {{a: {{image: 'busybox:1.36@{digest}'}}}}";

        Assert.Empty(new Situation(yaml).Images("busybox@" + digest).Up().Actions.OfType<PullImage>());
        Assert.Single(new Situation(yaml).Images("busybox:1.36").Up().Actions.OfType<PullImage>());
    }

    [Fact]
    public void A_build_waits_for_the_images_it_takes_as_contexts_wanted_or_not()
    {
        var plan = new Situation("""
            services:
              a: {build: {context: ., additional_contexts: {base: 'service:b'}}}
              b: {build: ., profiles: [never], image: acme/b}
              c: {build: {context: ., additional_contexts: {one: 'service:d'}}}
              d: {build: {context: ., additional_contexts: {two: 'service:c'}}}
            """).Up();

        var builds = plan.Actions.OfType<BuildImage>().ToDictionary(build => build.Service);
        Assert.Equal(["b", "a", "d", "c"], builds.Keys);
        Assert.Equal(builds["b"].Id, Assert.Single(builds["a"].After).Id);
        Assert.Equal("acme/b", builds["b"].Image);
    }

    [Fact]
    public void An_image_that_exists_is_not_built_again_to_be_a_context()
    {
        const string Yaml = """
            services:
              a:
                build: {context: ., additional_contexts: {base: 'service:b'}}
              b: {image: acme/b, build: ., scale: 0}
            """;

        var absent = new Situation(Yaml).Up();
        var present = new Situation(Yaml).Images("acme/b").Up();

        Assert.Equal(
            ["PullImage image:acme/b", "BuildImage image:acme/b", "BuildImage image:demo-a"],
            absent.Actions.Take(3).Select(action => action.ToString()));
        Assert.Equal("a", Assert.Single(present.Actions.OfType<BuildImage>()).Service);
    }

    [Theory]
    [InlineData("", "linux/arm64", "linux/arm64")]
    [InlineData("platform: linux/s390x", "linux/arm64", "linux/s390x")]
    [InlineData("", "", null)]
    public void The_default_platform_is_pulled_where_no_service_says(string platform, string variable, string? pulled)
    {
        var situation = new Situation($"services:\n  a:\n    image: busybox\n    {platform}\n", DefaultPlatform(variable));

        Assert.Equal(pulled, Assert.Single(situation.Up().Actions.OfType<PullImage>()).Platform);
    }

    [Theory]
    [InlineData("", "", "")]
    [InlineData("platform: linux/arm64", "", "linux/arm64")]
    [InlineData("platform: linux/arm64", "platforms: [linux/amd64, linux/arm64]", "linux/arm64")]
    [InlineData("", "platforms: [linux/amd64, linux/arm64]", "")]
    [InlineData("", "platforms: [linux/arm64]", "linux/arm64")]
    public void What_is_to_run_is_built_for_one_platform(string platform, string platforms, string expected)
    {
        var plan = new Situation($"services:\n  a:\n    build:\n      context: .\n      {platforms}\n    {platform}\n").Up();

        Assert.Equal(expected, string.Join(",", Assert.Single(plan.Actions.OfType<BuildImage>()).Definition.Build!.Platforms));
    }

    [Fact]
    public void A_default_platform_the_build_is_not_for_is_refused_at_its_place()
    {
        var situation = new Situation(
            "services:\n  a: {build: {context: ., platforms: [linux/arm64]}}\n", DefaultPlatform("linux/amd64"));

        var error = Assert.Throws<ComposeException>(() => situation.Up()).Info;

        Assert.Equal("PlatformNotBuilt", error.Id);
        Assert.Contains("compose.yaml:2:3", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_default_platform_is_that_of_services_that_are_built()
    {
        var situation = new Situation(
            "services: {a: {build: .}, b: {image: x}, c: {build: ., platform: p}}", DefaultPlatform("linux/arm64"));

        var project = BuildPlatforms.Rewrite(situation.Project);

        Assert.Equal(["linux/arm64", null, "p"], project.Services.Values.Select(service => service.Platform));
    }

    private static Dictionary<string, string> DefaultPlatform(string platform) =>
        new() { ["DOCKER_DEFAULT_PLATFORM"] = platform };
}
