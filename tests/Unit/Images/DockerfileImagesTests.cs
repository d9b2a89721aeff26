using Compose.Images;

namespace Compose.Tests.Images;

/// <summary>What a Dockerfile needs pulled before BuildKit starts.</summary>
public class DockerfileImagesTests
{
    [Theory]
    [InlineData("FROM busybox", "busybox")]
    [InlineData("FROM --platform=$BUILDPLATFORM golang:1 AS build\nFROM scratch\nCOPY --from=build / /", "golang:1")]
    [InlineData("# syntax=docker/dockerfile:1\nFROM a", "docker/dockerfile:1 a")]
    [InlineData("ARG TAG=3\nFROM alpine:${TAG}", "alpine:3")]
    [InlineData("ARG GIVEN=3\nFROM alpine:$GIVEN", "alpine:9")]
    [InlineData("FROM a AS one\nFROM scratch\nCOPY --from=one / /\nCOPY --from=0 / /\nCOPY --chown=1 --from=tools:2 / /", "a tools:2")]
    [InlineData("from \\\n  lower", "lower")]
    [InlineData("FROM a\nARG TAG=1\nFROM a", "a")]
    [InlineData("FROM unused:1 AS one\nFROM a", "a")]
    [InlineData("FROM b AS one\nFROM one AS two\nFROM unused\nFROM a\nCOPY --from=two / /", "b a")]
    [InlineData("FROM a\nRUN --mount=type=bind,from=tools:1,target=/t true", "a tools:1")]
    [InlineData("FROM a\nRUN <<EOF\nFROM not-an-image\nEOF\nCOPY --from=c / /", "a c")]
    [InlineData("# escape=`\nFROM `\n  a", "a")]
    [InlineData("FROM \\\n# a comment between\n  a", "a")]
    [InlineData("ARG ONE=1 TWO=\"2\"\nARG BOTH=$ONE.$TWO\nFROM a:$BOTH", "a:1.2")]
    [InlineData("FROM a AS a\nFROM a", "a")]
    public void The_images_are_found(string dockerfile, string expected) =>
        Assert.Equal(expected.Split(' '), DockerfileImages.Find(dockerfile, new Dictionary<string, string> { ["GIVEN"] = "9" }).Images);

    [Fact]
    public void A_target_needs_only_what_leads_to_it() =>
        Assert.Equal(["a"], DockerfileImages.Find("FROM a AS one\nFROM b AS two\nCOPY --from=one / /", new Dictionary<string, string>(), "one").Images);

    [Theory]
    [InlineData("FROM base-$TARGETARCH")]
    [InlineData("ARG NAME\nFROM $NAME")]
    public void A_name_that_hangs_on_what_is_not_known_is_told(string dockerfile) =>
        Assert.Single(DockerfileImages.Find(dockerfile, new Dictionary<string, string>()).Unclear);
}
