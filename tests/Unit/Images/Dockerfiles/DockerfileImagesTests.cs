using Compose.Images.Build;
using Compose.Images.Dockerfiles;

namespace Compose.Tests.Images.Dockerfiles;

/// <summary>The images that a Dockerfile needs pulled before BuildKit starts.</summary>
public class DockerfileImagesTests
{
    [Theory]
    [InlineData("FROM busybox", "busybox")]
    [InlineData("FROM --platform=$BUILDPLATFORM golang:1 AS build\nFROM scratch\nCOPY --from=build / /", "golang:1")]
    [InlineData("# syntax=docker/dockerfile:1\nFROM a", "docker/dockerfile:1 a")]
    [InlineData("ARG TAG=3\nFROM alpine:${TAG}", "alpine:3")]
    [InlineData("ARG GIVEN=3\nFROM alpine:$GIVEN", "alpine:9")]
    [InlineData("FROM a AS one\nFROM scratch\nCOPY --from=one / /\nCOPY --from=0 / /\nCOPY --chown=1 --from=tools:2 / /",
        "a tools:2")]
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
    [InlineData("FROM a\nRUN --mount=from=one,target=/1 --mount=type=bind,source=/x,from=two,target=/2 true", "a one two")]
    [InlineData("FROM a\nRUN echo $((1<<2)) && echo from=none\nCOPY --from=b / /", "a b")]
    [InlineData("FROM a\nRUN cat <<\"END\" <<TWO\nEND\nTWO\nCOPY --from=b / /", "a b")]
    [InlineData("ARG NAME\nFROM ${NAME:-a}", "a")]
    [InlineData("# syntax = one/two:3 with options\nFROM a", "one/two:3 a")]
    [InlineData("ARG X=\"a\"\nFROM \"${X}\"", "a")]
    [InlineData("FROM \"a\"", "a")]
    [InlineData("FROM 'a:1'", "a:1")]
    [InlineData("ARG X=\"a b\" Y='$X'\nFROM c", "c")]
    [InlineData("FROM a\nCOPY <<eof.txt /x\nFROM b\neof.txt\nCOPY --from=c / /", "a c")]
    [InlineData("FROM a\nCOPY \\\n# told\n  --from=b / /", "a b")]
    [InlineData("FROM a\nONBUILD COPY --from=b / /", "a")]
    public void The_images_are_found(string dockerfile, string expected) =>
        Assert.Equal(
            expected.Split(' '),
            DockerfileImages.Find(
                dockerfile, new Dictionary<string, string> { ["GIVEN"] = "9" }).Images.Select(image => image.Name));

    [Fact]
    public void A_target_needs_only_what_leads_to_it() =>
        Assert.Equal(
            ["a"],
            DockerfileImages.Find(
                "FROM a AS one\nFROM b AS two\nCOPY --from=one / /", new Dictionary<string, string>(),
                "one").Images.Select(image => image.Name));

    [Theory]
    [InlineData("FROM base-$TARGETARCH")]
    [InlineData("ARG NAME\nFROM $NAME")]
    public void A_name_that_hangs_on_what_is_not_known_is_told(string dockerfile) =>
        Assert.Single(DockerfileImages.Find(dockerfile, new Dictionary<string, string>()).Unresolved);

    [Theory]
    [InlineData("FROM a", "a")]
    [InlineData("FROM --platform=$BUILDPLATFORM a AS one\nFROM --platform=linux/arm/v7 b\nCOPY --from=one / /",
        "a (linux/amd64), b (linux/arm/v7)")]
    [InlineData("FROM base-$TARGETARCH\nCOPY --from=$BUILDOS:1 / /", "base-arm64, linux:1")]
    [InlineData("FROM --platform=$TARGETPLATFORM a", "a (linux/arm64)")]
    [InlineData("FROM --platform=linux/s390x a AS one\nFROM one\nCOPY --from=tools / /", "a (linux/s390x), tools (linux/s390x)")]
    [InlineData("# syntax=docker/dockerfile:1\nFROM a", "docker/dockerfile:1 (linux/amd64), a")]
    public void Each_has_the_platform_it_is_taken_for(string dockerfile, string expected) =>
        Assert.Equal(
            expected,
            string.Join(
                ", ",
                DockerfileImages.Find(
                    dockerfile, new Dictionary<string, string>(), null,
                    new PlatformArguments("linux/amd64", "linux/arm64")).Images));

    [Fact]
    public void The_syntax_that_is_given_comes_before_the_files() =>
        Assert.Equal(
            ["own:1", "a"],
            DockerfileImages.Find(
                "# syntax=other:1\nFROM a",
                new Dictionary<string, string> { ["BUILDKIT_SYNTAX"] = "own:1" }).Images.Select(image => image.Name));
}
