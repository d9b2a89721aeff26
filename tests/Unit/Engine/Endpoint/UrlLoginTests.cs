using Compose.Engine.Endpoint;
using Compose.Errors;

namespace Compose.Tests.Engine.Endpoint;

/// <summary>No message contains the login of an address.</summary>
public sealed class UrlLoginTests
{
    [Theory]
    [InlineData("https://t0ken@host/repo.git", "https://***@host/repo.git")]
    [InlineData("load 'https://me:p@ss@host/r.git' and http://x:y@z", "load 'https://***@host/r.git' and http://***@z")]
    [InlineData("ssh://me@host, ssh://me:secret@host", "ssh://me@host, ssh://***@host")]
    [InlineData("git@host:repo and https://host/a@b", "git@host:repo and https://host/a@b")]
    public void It_is_replaced_in_texts(string text, string shown) => Assert.Equal(shown, UrlLogin.Hide(text));

    [Theory]
    [InlineData("tcp://me:S3CRET@host")]
    [InlineData("tcp://me:S3CRET@host:2375/")]
    [InlineData("me:S3CRET@host")]
    [InlineData("https://S3CRET@host")]
    [InlineData("http://me:S3CRET@host:port")]
    [InlineData("tcp://me:S3C/RET@host")]
    [InlineData("ftp://me:S3CRET@host")]
    [InlineData("ssh://me:S3CRET@host")]
    [InlineData("ssh://me:S3CRET@ho st")]
    public void An_engines_address_with_one_is_refused_without_showing_it(string host)
    {
        var error = Assert.Throws<ComposeException>(() => EngineAddress.Parse(host));

        Assert.Equal("InvalidEndpoint", error.Info.Id);
        foreach (var text in new[] { error.Info.Message, $"{error.Info.Target}", error.Info.Advice!, $"{error}" })
            Assert.DoesNotContain("S3C", text, StringComparison.Ordinal);
    }
}
