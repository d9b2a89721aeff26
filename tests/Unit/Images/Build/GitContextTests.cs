using Compose.Images.Build;

namespace Compose.Tests.Images.Build;

/// <summary>Contexts that are git repositories.</summary>
public class GitContextTests
{
    [Theory]
    [InlineData("https://git.example/a.git", "https://git.example/a.git#HEAD")]
    [InlineData("https://git.example/a.git#", "https://git.example/a.git#HEAD")]
    [InlineData("https://git.example/a.git#:sub", "https://git.example/a.git#HEAD:sub")]
    [InlineData("https://git.example/a.git#v1:sub", "https://git.example/a.git#v1:sub")]
    [InlineData("git://git.example/a", "git://git.example/a#HEAD")]
    [InlineData("git@git.example:me/a", "git@git.example:me/a#HEAD")]
    [InlineData("github.com/me/a", "github.com/me/a#HEAD")]
    [InlineData("https://files.example/context.tar.gz", "https://files.example/context.tar.gz")]
    public void Without_a_ref_the_repository_says_which(string context, string asked) =>
        Assert.Equal(asked, GitContext.WithRef(context));
}
