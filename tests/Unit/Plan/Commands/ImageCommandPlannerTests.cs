using Compose.Execute.Running;
using Compose.Plan;
using Compose.Plan.Commands;
using Compose.Plan.Input;

namespace Compose.Tests.Plan.Commands;

/// <summary>What the pull, build and push commands do.</summary>
public class ImageCommandPlannerTests
{
    [Theory]
    [InlineData("", null, true)]
    [InlineData("pull_policy: always", null, true)]
    [InlineData("pull_policy: daily", null, true)]
    [InlineData("pull_policy: never", null, false)]
    [InlineData("pull_policy: build", null, false)]
    [InlineData("pull_policy: missing", null, false)]
    [InlineData("pull_policy: missing", "always", true)]
    [InlineData("pull_policy: always", "missing", false)]
    public void Pull_asks_the_policy_of_what_is_there(string policy, string? over, bool pulled) =>
        Assert.Equal(
            pulled,
            ImageCommandPlanner.Pull(
                Context($"services:\n  a:\n    image: busybox:1\n    {policy}\n", "busybox:1"),
                new ImageRequest { Policy = over }).Actions.Count == 1);

    [Fact]
    public void Latest_is_refreshed_under_missing() =>
        Assert.Single(
            ImageCommandPlanner.Pull(
                Context("services: {a: {image: busybox}}", "busybox"), new ImageRequest { Policy = "missing" }).Actions);

    [Fact]
    public void One_image_is_pulled_once_and_what_is_built_may_fail()
    {
        var context = Context("services:\n  a: {image: x}\n  b: {image: x}\n  c: {image: y, build: .}\n  d: {build: .}\n");

        Assert.Equal(
            [("x", false), ("y", true)],
            ImageCommandPlanner.Pull(context, new ImageRequest()).Actions.OfType<PullImage>()
                .Select(pull => (pull.Image, pull.Optional)));
        Assert.Equal(
            "x",
            Assert.IsType<PullImage>(
                Assert.Single(ImageCommandPlanner.Pull(context, new ImageRequest { IgnoreBuildable = true }).Actions)).Image);
    }

    [Fact]
    public void What_a_pull_leaves_alone_is_told_with_why_and_what_has_to_be_built_by_name()
    {
        var context = Context(
            "services:\n  a: {image: x}\n  b: {image: x}\n  c: {build: .}\n  d: {image: y, pull_policy: never}\n  e: {image: "
                + "'busybox:1', pull_policy: missing}\n  f: {image: z, build: .}\n",
            "busybox:1");

        var plan = ImageCommandPlanner.Pull(context, new ImageRequest { IgnoreBuildable = true });

        Assert.Equal(
            ["b: it is pulled for service a", "c: there is no image to pull: it is built", "d: its pull policy is never",
                "e: the engine has it", "f: it can be built"],
            plan.SkippedImages.Select(skipped => $"{skipped.Service}: {skipped.Reason}"));
        Assert.Equal(["c", "f"], plan.Unbuilt.Select(lacking => lacking.Service));
    }

    [Fact]
    public void A_build_comes_after_the_images_it_takes_as_contexts_and_before_its_push()
    {
        var context = Context(
            "services:\n  a:\n    image: acme/a\n    build:\n      context: .\n      additional_contexts: {base: 'service:b'}\n  "
                + "    tags: ['acme/a:2']\n  b: {build: .}\n  c: {image: busybox}\n");

        var actions = ImageCommandPlanner.Build(context, new ImageRequest { Push = true }).Actions;

        Assert.Equal(
            ["BuildImage image:demo-b", "BuildImage image:acme/a", "PushImage image:acme/a", "PushImage image:acme/a:2"],
            actions.Select(action => action.ToString()));
        Assert.Equal([0, 1, 2, 2], actions.Select(action => action.After.Count == 0 ? 0 : action.After[0].Id));
    }

    [Theory]
    [InlineData("0", "c 0, a 1")]
    [InlineData("1", "a 0, c 0")]
    public void The_classic_builder_builds_in_the_order_of_depends_on(string buildKit, string order)
    {
        var context = Context(
            "services:\n  a: {build: ., depends_on: [b]}\n  b: {image: busybox, depends_on: [c]}\n  c: {build: .}\n");
        context = context with
        {
            Project = context.Project with { Environment = new Dictionary<string, string> { ["DOCKER_BUILDKIT"] = buildKit } },
        };

        var builds = ImageCommandPlanner.Build(context, new ImageRequest()).Actions.OfType<BuildImage>()
            .Select(build => $"{build.Service} {build.After.Count}");

        Assert.Equal(order, string.Join(", ", buildKit == "0" ? builds : builds.OrderBy(build => build, StringComparer.Ordinal)));
    }

    [Fact]
    public void A_service_named_for_building_takes_its_contexts_along()
    {
        var context = Context(
            "services:\n  a: {build: {context: ., additional_contexts: {x: 'service:b'}}}\n  b: {build: {context: ., "
                + "additional_contexts: {x: 'service:c'}}}\n  c: {build: .}\n  d: {build: .}\n");

        Assert.Equal(
            ["c", "b", "a"],
            ImageCommandPlanner.Build(context, new ImageRequest { Services = ["a"] }).Actions.OfType<BuildImage>()
                .Select(build => build.Service));
    }

    [Fact]
    public void What_is_built_for_several_platforms_the_builder_pushes()
    {
        var plan = ImageCommandPlanner.Build(
            Context("services: {a: {image: acme/a, build: {context: ., platforms: [linux/amd64, linux/arm64]}}}"),
            new ImageRequest { Push = true });

        var build = Assert.IsType<BuildImage>(Assert.Single(plan.Actions));
        Assert.True(build.Options.Push);
        Assert.Equal(2, build.Definition.Build!.Platforms.Count);
    }

    [Theory]
    [InlineData("", true)]
    [InlineData("pull_policy: build", false)]
    [InlineData("pull_policy: never", false)]
    public void The_images_of_hooks_are_pulled_by_the_policy_of_their_service(string policy, bool pulled)
    {
        var context = Context(
            $"services:\n  a:\n    image: x\n    {policy}\n    pre_start: [{{command: 'true', image: 'tools:1'}}, "
                + $"{{command: 'true', image: x}}]\n",
            "tools:1");

        Assert.Equal(
            pulled ? ["x", "tools:1"] : [],
            ImageCommandPlanner.Pull(context, new ImageRequest()).Actions.OfType<PullImage>().Select(pull => pull.Image));
    }

    [Fact]
    public void Push_is_for_what_is_built_under_a_name()
    {
        var plan = ImageCommandPlanner.Push(
            Context("services:\n  a: {image: acme/a, build: .}\n  b: {build: .}\n  c: {image: busybox}\n"), new ImageRequest());

        Assert.Equal("acme/a", Assert.IsType<PushImage>(Assert.Single(plan.Actions)).Image);
    }

    [Fact]
    public void Tags_of_one_repository_are_pushed_one_after_another()
    {
        var plan = ImageCommandPlanner.Push(
            Context("services:\n  a: {image: 'h:5/a:1', build: {context: ., tags: ['h:5/a:2', 'h:5/b:1']}}\n"),
            new ImageRequest());

        Assert.Equal(["", "#1?", ""], plan.Actions.Select(action => string.Join(" ", action.After)));
    }

    private static PlanContext Context(string yaml, params string[] images)
    {
        var situation = new Situation(yaml).Images(images);
        return new PlanContext(situation.Project, situation.State, new UpOptions(), Answers.None, Hashing.Rules);
    }
}
