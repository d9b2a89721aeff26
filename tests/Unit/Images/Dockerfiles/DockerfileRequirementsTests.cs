using Compose.Images.Dockerfiles;

namespace Compose.Tests.Images.Dockerfiles;

/// <summary>What a Dockerfile needs from its builder and from its context.</summary>
public class DockerfileRequirementsTests
{
    [Theory]
    [InlineData("FROM a\nRUN true\nCOPY --chown=1 --from=b / /\nADD x y", false)]
    [InlineData("FROM a\nRUN --mount=type=cache,target=/c true", true)]
    [InlineData("FROM a\nCOPY --chown=1 --chmod=755 x y", true)]
    [InlineData("FROM a\nCOPY --link x y", true)]
    [InlineData("FROM a\nRUN <<EOF\ntrue\nEOF", true)]
    [InlineData("FROM a\nARG TARGETARCH\nRUN echo $TARGETARCH", true)]
    [InlineData("FROM --platform=$BUILDPLATFORM a", true)]
    [InlineData("FROM a-$TARGETARCH", true)]
    [InlineData("FROM a-${BUILDOS}", true)]
    [InlineData("FROM a-$TARGETARCHIVE", false)]
    [InlineData("FROM --platform=linux/amd64 a\nARG TARGET", false)]
    [InlineData("FROM a\nRUN echo $((1<<2))", false)]
    [InlineData("FROM a\nRUN echo --mount=none", false)]
    public void What_the_classic_builder_does_not_understand_is_found(string dockerfile, bool buildKit) =>
        Assert.Equal(buildKit, DockerfileRequirements.Of(dockerfile).BuildKit);

    [Theory]
    [InlineData("COPY . /x", "Dockerfile", true)]
    [InlineData("COPY ./ /x", "Dockerfile", true)]
    [InlineData("COPY / /x", "sub/Dockerfile", true)]
    [InlineData("COPY * /x", "Dockerfile", true)]
    [InlineData("COPY sub /x", "sub/Dockerfile", true)]
    [InlineData("COPY [\"./sub/\", \"/x\"]", "sub/Dockerfile", true)]
    [InlineData("ADD --chown=1 one . /x", "Dockerfile", true)]
    [InlineData("COPY $WHAT /x", "Dockerfile", true)]
    [InlineData("RUN --mount=target=/src true", "Dockerfile", true)]
    [InlineData("RUN --mount=type=bind,source=sub,target=/src true", "Dockerfile", false)]
    [InlineData("RUN --mount=type=cache,target=/src true", "Dockerfile", false)]
    [InlineData("RUN --mount=type=bind,from=b,target=/src true", "Dockerfile", false)]
    [InlineData("COPY --from=b . /x", "Dockerfile", false)]
    [InlineData("COPY src package.json /x", "Dockerfile", false)]
    [InlineData("COPY *.json /x", "Dockerfile", false)]
    [InlineData("COPY sub /x", "Dockerfile", false)]
    [InlineData("RUN cp . /x", "Dockerfile", false)]
    public void What_may_be_copied_is_told(string line, string file, bool taken) =>
        Assert.Equal(taken, DockerfileRequirements.Of("FROM a\n" + line).Takes(file));
}
