using Compose.Images;

namespace Compose.Tests.Images;

/// <summary>What a Dockerfile needs pulled before BuildKit starts.</summary>
public class DockerfileImagesTests
{
    [Theory]
    [InlineData("FROM busybox", "busybox")]
    [InlineData("FROM --platform=$BUILDPLATFORM golang:1 AS build\nFROM build\nFROM scratch", "golang:1")]
    [InlineData("# syntax=docker/dockerfile:1\nFROM a", "docker/dockerfile:1 a")]
    [InlineData("ARG TAG=3\nFROM alpine:${TAG}", "alpine:3")]
    [InlineData("ARG GIVEN=3\nFROM alpine:$GIVEN", "alpine:9")]
    [InlineData("FROM a AS one\nCOPY --from=one / /\nCOPY --from=0 / /\nCOPY --chown=1 --from=tools:2 / /", "a tools:2")]
    [InlineData("from \\\n  lower", "lower")]
    [InlineData("FROM a\nARG TAG=1\nFROM a", "a")]
    public void The_images_are_found(string dockerfile, string expected) =>
        Assert.Equal(expected.Split(' '), DockerfileImages.Find(dockerfile, new Dictionary<string, string> { ["GIVEN"] = "9" }));
}
