using Compose.Errors;
using Compose.Execute.Running;
using Compose.Plan.Prepare;

namespace Compose.Tests.Plan.Prepare;

/// <summary>How secrets and configs get into a container, and which are refused before anything changes.</summary>
public class SecretFilesTests
{
    [Theory]
    [InlineData("[s]", "/run/secrets/s", "/s")]
    [InlineData("[{ source: s, target: renamed }]", "/run/secrets/renamed", "/renamed")]
    [InlineData("[{ source: s, target: /etc/s }]", "/etc/s", "/etc/s")]
    public void A_target_is_taken_from_the_place_of_its_kind(string uses, string secret, string config)
    {
        Assert.Equal(
            secret, Assert.Single(SecretFiles.Binds(Load($"secrets: {uses}", "secrets: { s: { file: ./f } }"), Web)).Target);
        Assert.Equal(
            config, Assert.Single(SecretFiles.Binds(Load($"configs: {uses}", "configs: { s: { file: ./f } }"), Web)).Target);
    }

    [Theory]
    [InlineData("C:/own", "own")]
    [InlineData("1:/own", "1:/own")]
    [InlineData("/:own", ":own")]
    public void Only_a_letter_before_a_colon_is_a_drive(string target, string entry)
    {
        var project = Load($"configs: [{{ source: s, target: '{target}' }}]", "configs: { s: { content: words } }");

        Assert.Equal(entry, SecretArchive.Entry(Assert.Single(SecretFiles.Injected(project, Web)).Path));
    }

    [Fact]
    public void A_file_that_is_to_have_another_owner_is_copied_and_one_that_is_not_is_bound()
    {
        var project = Load(
            "configs: [a, { source: b, uid: \"7\", gid: \"8\", mode: 0440 }, { source: c, target: /text }]",
            "configs: { a: { file: ./a }, b: { file: ./b }, c: { content: words } }");

        Assert.Equal("/a", Assert.Single(SecretFiles.Binds(project, Web)).Target);
        Assert.Equal(
            [("/b", 7, 8, 0x120), ("/text", 0, 0, 0x124)],
            SecretFiles.Injected(project, Web).Select(file => (file.Path, file.UserId, file.GroupId, file.Mode)));
    }

    [Fact]
    public void Nothing_is_copied_into_a_read_only_container()
    {
        var project = Load("read_only: true\n    configs: [{ source: b, uid: \"7\" }]", "configs: { b: { file: ./b } }");

        Assert.Empty(SecretFiles.Injected(project, Web));
        Assert.Single(SecretFiles.Binds(project, Web));
    }

    [Theory]
    [InlineData("tmpfs: [/run]", 1)]
    [InlineData("tmpfs: \"/run/secrets/:size=1m\"", 1)]
    [InlineData("volumes: [{ type: tmpfs, target: /run }]", 1)]
    [InlineData("tmpfs: [/runner, /tmp]", 0)]
    public void A_tmpfs_that_hides_a_copied_secret_is_warned_about(string mounts, int warnings)
    {
        var project = Load($"{mounts}\n    secrets: [{{ source: s, mode: 0400 }}]", "secrets: { s: { file: ./f } }");
        Assert.Equal(
            warnings,
            SecretFiles.Hidden(project, Web).Count(warning => warning.Contains("compose.yaml:2:3", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("secrets: [s]", "secrets:\n  s: { external: true }", "ExternalFileObject", "compose.yaml:6:3")]
    [InlineData("secrets: [s]", "secrets:\n  s: { driver: vault, file: ./x }", "FileObjectDriver", "compose.yaml:6:3")]
    [InlineData("configs: [s]", "configs:\n  s: { template_driver: golang, file: ./x }", "FileObjectDriver", "compose.yaml:6:3")]
    [InlineData("secrets: [s]", "secrets:\n  s: { environment: NOBODY_SETS_THIS }", "FileObjectVariableNotSet",
        "compose.yaml:6:3")]
    [InlineData("configs: [{ source: s, uid: root }]", "configs:\n  s: { content: a }", "FileObjectOwner", "compose.yaml:2:3")]
    [InlineData("read_only: true\n    configs: [s]", "configs:\n  s: { content: a }", "SecretInReadOnlyContainer",
        "compose.yaml:2:3")]
    public void What_cannot_be_carried_out_is_refused_at_its_place(string service, string rest, string id, string place)
    {
        var project = Load(service, rest);
        var exception = Assert.Throws<ComposeException>(() => SecretFiles.Check(project, Web));
        Assert.Equal(id, exception.Info.Id);
        Assert.Contains(place, exception.Message);
    }

    [Fact]
    public void The_api_socket_is_a_mount_and_the_logins_of_this_machine()
    {
        var project = ApiSocketRewrite.Rewrite(Load("use_api_socket: true", ""));
        var web = project.Services["web"];

        Assert.Equal("/var/run/docker.sock:/var/run/docker.sock", web.Volumes.Single().ToString());
        Assert.Equal("/run/secrets/docker", web.Environment["DOCKER_CONFIG"]);
        var file = Assert.Single(SecretFiles.Injected(project, web));
        Assert.Equal("/run/secrets/docker/config.json", file.Path);
        Assert.IsType<InjectedContent.RegistryLogins>(file.Content);
        Assert.Equal(
            "/mine",
            ApiSocketRewrite.Rewrite(
                Load("use_api_socket: true\n    environment: { DOCKER_CONFIG: /mine }", "")).Services["web"].Environment[
                    "DOCKER_CONFIG"]);
    }

    private Compose.Model.ServiceDefinition Web { get; set; } = null!;

    private Compose.Model.ComposeProject Load(string service, string rest)
    {
        var project = Situation.Load($"services:\n  web:\n    image: busybox\n    {service}\n{rest}");
        Web = project.Services["web"];
        return project;
    }
}
