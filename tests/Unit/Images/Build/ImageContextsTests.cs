using Compose.Images.Build;
using Compose.Tests.Support;

namespace Compose.Tests.Images.Build;

/// <summary>Additional contexts that are images, written into the Dockerfile.</summary>
public class ImageContextsTests
{
    [Theory]
    [InlineData("FROM base", "FROM acme/b")]
    [InlineData("from --platform=$BUILDPLATFORM base AS made", "from --platform=$BUILDPLATFORM acme/b AS made")]
    [InlineData("FROM alpine:3", "FROM mirror.example/alpine:3.1")]
    [InlineData("FROM docker.io/library/alpine:3", "FROM mirror.example/alpine:3.1")]
    [InlineData("FROM base:2", "FROM base:2")]
    [InlineData("FROM Base", "FROM Base")]
    [InlineData("COPY --from=BASE / /", "COPY --from=BASE / /")]
    [InlineData("FROM Other", "FROM Other")]
    [InlineData("FROM other", "FROM other")]
    [InlineData("FROM files", "FROM files")]
    [InlineData("COPY --chown=1 --from=base /a /b", "COPY --chown=1 --from=acme/b /a /b")]
    [InlineData("COPY base /b", "COPY base /b")]
    [InlineData("RUN --mount=type=bind,from=base,target=/x --mount=from=base true",
        "RUN --mount=type=bind,from=acme/b,target=/x --mount=from=acme/b true")]
    [InlineData("RUN --mount=type=cache,target=/c \\\n    --mount=from=base,target=/x true",
        "RUN --mount=type=cache,target=/c \\\n    --mount=from=acme/b,target=/x true")]
    [InlineData("RUN git log --from=base", "RUN git log --from=base")]
    [InlineData("FROM base\r\nENV FROM base\r", "FROM acme/b\r\nENV FROM base\r")]
    [InlineData("FROM alpine\nCOPY <<EOF /readme\nFROM base\nEOF", "FROM alpine\nCOPY <<EOF /readme\nFROM base\nEOF")]
    [InlineData("COPY \\\n# told\n  --from=base / /", "COPY \\\n# told\n  --from=acme/b / /")]
    [InlineData("RUN \\\n  --mount=type=bind,\\\nfrom=base,target=/x true",
        "RUN \\\n  --mount=type=bind,\\\nfrom=acme/b,target=/x true")]
    [InlineData("# escape=`\nFROM c\nRUN `\n --mount=from=base,target=/x true",
        "# escape=`\nFROM c\nRUN `\n --mount=from=acme/b,target=/x true")]
    public void A_name_becomes_the_image(string dockerfile, string changed)
    {
        // Only the first line can set the escape character.
        var first = dockerfile[0] == '#' ? "" : "FROM busybox\n";

        var applied = Apply(first + dockerfile);

        Assert.Null(applied.Obstacle);
        Assert.Equal(first + changed, applied.Text);
    }

    [Theory]
    [InlineData("ARG BASE=base\nFROM ${BASE}", ":2:1: '${BASE}' names the additional context 'base'")]
    [InlineData("FROM \"base\"", ":1:1: '\"base\"' names the additional context 'base'")]
    [InlineData("FROM $UNKNOWN", ":1:1: '$UNKNOWN' may name an additional context")]
    [InlineData("FROM busybox\n\nONBUILD COPY --from=base / /", ":3:1: 'base' names the additional context 'base' under ONBUILD")]
    [InlineData("FROM busybox\nONBUILD RUN --mount=from=base,target=/x true",
        ":2:1: 'base' names the additional context 'base' under ONBUILD")]
    [InlineData("FROM busybox AS base\nRUN true\nFROM base", ":1:1: the stage 'base' has the name of an additional context")]
    [InlineData("FROM busybox AS Base", ":1:1: the stage 'Base' has the name of an additional context")]
    [InlineData("FROM ba\\\nse", ":1:1: 'base' names the additional context 'base'")]
    public void What_cannot_simply_be_replaced_is_told_with_its_place(string dockerfile, string obstacle)
    {
        var applied = Apply(dockerfile);

        Assert.EndsWith("Dockerfile" + obstacle, applied.Obstacle, StringComparison.Ordinal);
        Assert.Equal(dockerfile, applied.Text);
    }

    private static ContextedDockerfile Apply(string dockerfile)
    {
        var project = LoadedFiles.Load("""
            services:
              a:
                build:
                  context: /
                  additional_contexts:
                    { base: "service:b", "alpine:3": "docker-image://mirror.example/alpine:3.1", files: /srv, Other: "service:b" }
              b: {build: /, image: acme/b}
            """).Project!;
        return ImageContexts.Apply(
            new BuildRequest { Project = project, Service = project.Services["a"], Image = "a" }, dockerfile);
    }
}
