using Compose.Images.Registry;

namespace Compose.Tests.Images.Registry;

/// <summary>The parts of image names.</summary>
public class ImageReferenceTests
{
    [Theory]
    [InlineData("redis", "docker.io", "redis", "latest", "redis:latest")]
    [InlineData("redis:7", "docker.io", "redis", "7", "redis:7")]
    [InlineData("me/app:1", "docker.io", "me/app", "1", "me/app:1")]
    [InlineData("localhost/app", "localhost", "app", "latest", "localhost/app:latest")]
    [InlineData("reg.example:5000/a/b", "reg.example:5000", "a/b", "latest", "reg.example:5000/a/b:latest")]
    [InlineData("index.docker.io/library/x:2", "docker.io", "library/x", "2", "library/x:2")]
    [InlineData("redis@sha256:ab", "docker.io", "redis", "latest", "redis@sha256:ab")]
    [InlineData("redis:7@sha256:ab", "docker.io", "redis", "7", "redis@sha256:ab")]
    public void A_name_is_taken_apart(string text, string registry, string repository, string tag, string whole)
    {
        var reference = ImageReference.Parse(text);

        Assert.Equal(
            (registry, repository, tag, whole), (reference.Registry, reference.Repository, reference.Tag, reference.ToString()));
    }

    [Theory]
    [InlineData("redis", "docker.io/library/redis:latest@sha256:cd")]
    [InlineData("me/app:1", "docker.io/me/app:1@sha256:cd")]
    [InlineData("reg.example:5000/a", "reg.example:5000/a:latest@sha256:cd")]
    [InlineData("reg.example:5000/a:2@sha256:cd", "reg.example:5000/a@sha256:cd")]
    public void A_lock_is_written_in_full(string text, string locked) =>
        Assert.Equal(locked, ImageReference.Parse(text).At("sha256:cd"));
}
