using Compose.Images;
using Compose.Tests.Support;

namespace Compose.Tests.Images;

/// <summary>Additional contexts that are images, written into the Dockerfile.</summary>
public class ImageContextsTests
{
    [Theory]
    [InlineData("FROM base", "FROM acme/b")]
    [InlineData("from --platform=$BUILDPLATFORM Base AS base", "from --platform=$BUILDPLATFORM acme/b AS base")]
    [InlineData("FROM alpine:3", "FROM mirror.example/alpine:3.1")]
    [InlineData("FROM docker.io/library/alpine:3", "FROM mirror.example/alpine:3.1")]
    [InlineData("FROM base:2", "FROM base:2")]
    [InlineData("FROM files", "FROM files")]
    [InlineData("COPY --chown=1 --from=base /a /b", "COPY --chown=1 --from=acme/b /a /b")]
    [InlineData("COPY base /b", "COPY base /b")]
    [InlineData("RUN --mount=type=bind,from=base,target=/x --mount=from=base true", "RUN --mount=type=bind,from=acme/b,target=/x --mount=from=acme/b true")]
    [InlineData("RUN --mount=type=cache,target=/c \\\n    --mount=from=base,target=/x true", "RUN --mount=type=cache,target=/c \\\n    --mount=from=acme/b,target=/x true")]
    [InlineData("RUN git log --from=base", "RUN git log --from=base")]
    [InlineData("FROM base\r\nENV FROM base\r", "FROM acme/b\r\nENV FROM base\r")]
    public void A_name_becomes_the_image(string dockerfile, string changed)
    {
        var project = LoadedFiles.Load("""
            services:
              a: {build: {context: /, additional_contexts: {base: "service:b", "alpine:3": "docker-image://mirror.example/alpine:3.1", files: /srv}}}
              b: {build: /, image: acme/b}
            """).Project!;

        Assert.Equal(changed, ImageContexts.Apply(new BuildRequest { Project = project, Service = project.Services["a"], Image = "a" }, dockerfile));
    }
}
