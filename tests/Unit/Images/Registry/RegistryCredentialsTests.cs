using System.Text;
using Compose.Images.Registry;
using Compose.Tests.Images.Buildx;
using Compose.Tests.Support;

namespace Compose.Tests.Images.Registry;

/// <summary>The logins in docker's configuration.</summary>
[Collection(BuildxTests.Path)]
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
        var error = await Assert.ThrowsAsync<Compose.Errors.ComposeException>(() =>
            HeaderAsync("{\"credHelpers\":{\"reg.example\":\"not-installed\"}}", "reg.example"));

        Assert.Equal("CredentialHelperFailed", error.Info.Id);
        Assert.Contains("docker-credential-not-installed", error.Info.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_login_written_in_the_clear_is_read() =>
        Assert.Equal(
            "{\"username\":\"me\",\"password\":\"p\",\"serveraddress\":\"reg.example\"}",
            Decode(
                (await HeaderAsync("{\"auths\":{\"reg.example\":{\"username\":\"me\",\"password\":\"p\"}}}", "reg.example"))!));

    [Fact]
    public async Task A_build_whose_registries_nobody_knows_gets_every_login()
    {
        await File.WriteAllTextAsync(
            Path.Combine(_directory.FullName, "config.json"),
            "{\"auths\":{\"https://index.docker.io/v1/\":{\"auth\":\"YTpi\"},"
                + "\"http://reg.example/v1/\":{\"auth\":\"bWU6cA==\"},\"none.example\":{}}}");
        var credentials = new RegistryCredentials(
            _directory.FullName, new Dictionary<string, RegistryLogin> { ["given.example"] = new("g", "s") });

        Assert.Equal(
            ["given.example", "https://index.docker.io/v1/", "reg.example"],
            Keys(await credentials.ConfigHeaderAsync(null, CancellationToken.None)));
        Assert.Equal(
            ["given.example", "reg.example"],
            Keys(await credentials.ConfigHeaderAsync(["reg.example", "other.example"], CancellationToken.None)));

        static IEnumerable<string> Keys(string? header) =>
            System.Text.Json.JsonDocument.Parse(Decode(header!)).RootElement.EnumerateObject().Select(login => login.Name);
    }

    [Fact]
    public void Given_logins_come_before_those_of_the_file_and_its_helpers()
    {
        File.WriteAllText(
            Path.Combine(_directory.FullName, "config.json"),
            "{\"auths\":{\"other\":{\"auth\":\"x\"},\"docker.io\":{}},\"credsStore\":\"desktop\","
                + "\"credHelpers\":{\"reg.example\":\"ecr\"},\"cliPluginsExtraDirs\":[\"/own\"],\"proxies\":{}}");
        var given = new Dictionary<string, RegistryLogin> { ["reg.example"] = new("me", "p"), ["docker.io"] = new("hub", "q") };

        var text = Encoding.UTF8.GetString(new RegistryCredentials(_directory.FullName, given).WithGiven());

        var plugins = System.Text.Json.JsonEncodedText.Encode(Path.Combine(_directory.FullName, "cli-plugins"));
        Assert.Equal(
            "{\"auths\":{\"other\":{\"auth\":\"x\"},\"docker.io\":{},\"reg.example\":{\"auth\":\"bWU6cA==\"},"
            + "\"https://index.docker.io/v1/\":{\"auth\":\"aHViOnE=\"}},\"credsStore\":\"desktop\","
            + "\"credHelpers\":{\"reg.example\":\"\",\"https://index.docker.io/v1/\":\"\"},\"proxies\":{},"
            + "\"cliPluginsExtraDirs\":[\"/own\",\"" + plugins + "\"]}",
            text);
    }

    [UnixTheory]
    [InlineData("echo 'credentials not found in native keychain'; exit 1", null)]
    [InlineData("echo 'the keychain is locked'; exit 1", "the keychain is locked")]
    [InlineData("echo null", null)]
    [InlineData("echo '{}'", null)]
    [InlineData("echo 7", "something else than a JSON object")]
    [InlineData("echo '[1]'", "something else than a JSON object")]
    [InlineData("echo '{\"Username\":1,\"Secret\":2}'", "a user name or secret that is no text")]
    [InlineData("echo '{\"Username\":\"u\",\"Secret\":null}'", "a user name or secret that is no text")]
    [InlineData("echo '{\"Username'", "did not answer")]
    public async Task A_helper_that_fails_is_told_apart_from_one_that_knows_nothing(string script, string? message)
    {
        await WithHelperAsync(script, async () =>
        {
            var asking = HeaderAsync("{\"credsStore\":\"scripted\"}", "reg.example");
            if (message is null)
                Assert.Null(await asking);
            else
                Assert.Contains(
                    message, (await Assert.ThrowsAsync<Compose.Errors.ComposeException>(() => asking)).Info.Message,
                    StringComparison.Ordinal);
        });
    }

    [UnixFact]
    public async Task A_helpers_identity_token_is_passed_on_as_one()
    {
        const string script =
            "if [ \"$1\" = list ]; then echo '{\"reg.example\":\"x\"}'; else echo "
                + "'{\"Username\":\"<token>\",\"Secret\":\"t0k\"}'; fi";
        await WithHelperAsync(script, async () =>
        {
            var header = await HeaderAsync("{\"credsStore\":\"scripted\"}", "reg.example");
            var config = await new RegistryCredentials(_directory.FullName).AllAsync(CancellationToken.None);

            Assert.Equal("{\"identitytoken\":\"t0k\",\"serveraddress\":\"reg.example\"}", Decode(header!));
            Assert.Equal("{\"auths\":{\"reg.example\":{\"identitytoken\":\"t0k\"}}}", Encoding.UTF8.GetString(config));
        });
    }

    [Fact]
    public void A_login_shows_its_user_and_never_its_secret() =>
        Assert.Equal("me <token>", $"{new RegistryLogin("me", "hidden")} {RegistryLogin.OfToken("hidden")}");

    [Theory]
    [InlineData("{\"auths\":3,\"credsStore\":4,\"credHelpers\":[],\"proxies\":7}")]
    [InlineData("{\"auths\":{\"reg.example\":{\"auth\":5,\"identitytoken\":{}}}}")]
    [InlineData("")]
    public async Task What_is_not_of_the_kind_docker_writes_is_no_login(string config) =>
        Assert.Null(await HeaderAsync(config, "reg.example"));

    /// <summary>Runs with the helper docker-credential-scripted on PATH.</summary>
    private async Task WithHelperAsync(string script, Func<Task> act)
    {
        var helper = Path.Combine(_directory.FullName, "docker-credential-scripted");
        await File.WriteAllTextAsync(helper, "#!/bin/sh\n" + script + "\n");
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(helper, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        var path = Environment.GetEnvironmentVariable("PATH");
        Environment.SetEnvironmentVariable("PATH", _directory.FullName + Path.PathSeparator + path);
        try
        {
            await act();
        }
        finally
        {
            Environment.SetEnvironmentVariable("PATH", path);
        }
    }

    private async Task<string?> HeaderAsync(string? config, string registry)
    {
        if (config is not null)
            await File.WriteAllTextAsync(Path.Combine(_directory.FullName, "config.json"), config);
        return await new RegistryCredentials(_directory.FullName).HeaderAsync(registry, CancellationToken.None);
    }

    private static string Decode(string header) =>
        Encoding.UTF8.GetString(Convert.FromBase64String(header.Replace('-', '+').Replace('_', '/')));
}
