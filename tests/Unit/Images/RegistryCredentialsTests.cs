using System.Text;
using Compose.Images;

namespace Compose.Tests.Images;

/// <summary>The logins docker knows.</summary>
public sealed class RegistryCredentialsTests : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("auth");

    public void Dispose() => _directory.Delete(true);

    [Fact]
    public async Task Without_a_configuration_nothing_is_known() => Assert.Null(await HeaderAsync(null, "docker.io"));

    [Theory]
    [InlineData("docker.io", "https://index.docker.io/v1/")]
    [InlineData("reg.example:5000", "reg.example:5000")]
    public async Task A_stored_login_becomes_the_header(string registry, string key)
    {
        var auth = Convert.ToBase64String(Encoding.UTF8.GetBytes("me:pass:word"));

        var header = await HeaderAsync($"{{\"auths\":{{\"{key}\":{{\"auth\":\"{auth}\"}}}}}}", registry);

        Assert.Equal($"{{\"username\":\"me\",\"password\":\"pass:word\",\"serveraddress\":\"{key}\"}}", Decode(header!));
    }

    [Fact]
    public async Task An_identity_token_is_passed_as_such()
    {
        var header = await HeaderAsync("{\"auths\":{\"reg.example\":{\"identitytoken\":\"t0k\"}}}", "reg.example");

        Assert.Equal("{\"identitytoken\":\"t0k\",\"serveraddress\":\"reg.example\"}", Decode(header!));
    }

    [Fact]
    public async Task A_login_for_another_registry_is_not_sent() =>
        Assert.Null(await HeaderAsync("{\"auths\":{\"other\":{\"auth\":\"bWU6cA==\"}}}", "reg.example"));

    [Fact]
    public async Task A_helper_that_is_not_there_is_told()
    {
        var error = await Assert.ThrowsAsync<Compose.Errors.ComposeException>(() => HeaderAsync("{\"credHelpers\":{\"reg.example\":\"not-installed\"}}", "reg.example"));

        Assert.Equal("CredentialHelperFailed", error.Info.Id);
        Assert.Contains("docker-credential-not-installed", error.Info.Message, StringComparison.Ordinal);
    }

    private async Task<string?> HeaderAsync(string? config, string registry)
    {
        if (config is not null)
            await File.WriteAllTextAsync(Path.Combine(_directory.FullName, "config.json"), config);
        return await new RegistryCredentials(_directory.FullName).HeaderAsync(registry, CancellationToken.None);
    }

    private static string Decode(string header) => Encoding.UTF8.GetString(Convert.FromBase64String(header.Replace('-', '+').Replace('_', '/')));
}
