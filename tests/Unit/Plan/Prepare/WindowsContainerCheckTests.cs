using Compose.Errors;
using Compose.Execute.Running;
using Compose.Plan.Prepare;

namespace Compose.Tests.Plan.Prepare;

/// <summary>An engine of Windows containers: what it refuses, what it ignores, and how files get into a container.</summary>
public class WindowsContainerCheckTests
{
    [Theory]
    [InlineData("privileged: true", "privileged")]
    [InlineData("read_only: true", "read_only")]
    [InlineData("network_mode: host", "network_mode: host")]
    [InlineData("tmpfs: [/run]", "tmpfs")]
    [InlineData("volumes: [{ type: tmpfs, target: /run }]", "tmpfs")]
    [InlineData("ulimits: { nofile: 100 }", "ulimits")]
    [InlineData("pids_limit: 5", "pids_limit")]
    [InlineData("cpuset: '0'", "cpuset")]
    [InlineData("cpu_quota: 5000", "cpu_period or cpu_quota")]
    [InlineData("mem_reservation: 10m", "mem_reservation")]
    [InlineData("mem_swappiness: 0", "mem_swappiness")]
    [InlineData("oom_kill_disable: true", "oom_kill_disable")]
    [InlineData("blkio_config: { weight: 300 }", "blkio_config")]
    [InlineData("security_opt: [\"label:disable\"]", "security_opt")]
    public void What_it_refuses_is_refused_at_its_place_before_anything_is_done(string setting, string named)
    {
        var yaml = $"services:\n  web:\n    image: busybox\n    {setting}\n";

        var error = Assert.Throws<ComposeException>(() => Windows(yaml).Up());

        Assert.Equal("WindowsEngineLacksFeature", error.Info.Id);
        Assert.Matches(@"compose\.yaml:2:3: .*" + named, error.Message);
        Assert.NotEmpty(new Situation(yaml).Up().Actions);
    }

    [Theory]
    [InlineData("cap_add: [NET_ADMIN]", "cap_add")]
    [InlineData("sysctls: { net.core.somaxconn: 5 }", "sysctls")]
    [InlineData("init: true", "init")]
    [InlineData("ipc: host", "ipc")]
    [InlineData("group_add: [audio]", "group_add")]
    public void What_it_passes_over_is_warned_about(string setting, string named)
    {
        var yaml = $"services:\n  web:\n    image: busybox\n    {setting}\n";

        Assert.Matches(@"compose\.yaml:2:3: .* ignores " + named + " ", Assert.Single(Windows(yaml).Up().Warnings));
        Assert.Empty(new Situation(yaml).Up().Warnings);
    }

    [Fact]
    public void What_windows_containers_have_is_left_alone() =>
        Assert.Empty(
            Windows(
                "services:\n  web:\n    image: busybox\n    isolation: process\n    cpu_percent: 50\n    mem_limit: 1g\n    "
                    + "security_opt: ['credentialspec=file://a.json']\n    volumes: ['data:C:\\data']\nvolumes:\n  data: {}\n")
                    .Up().Warnings);

    [Fact]
    public void A_secret_is_copied_for_a_single_file_cannot_be_bound()
    {
        const string yaml =
            "services:\n  web:\n    image: busybox\n    secrets: [token, { source: token, target: 'C:\\own\\token' "
                + "}]\nsecrets:\n  token: { file: ./token }\n";
        var project = Situation.Load(yaml);
        var rewritten = WindowsContainerCheck.Rewrite(project);

        Assert.Equal(2, SecretFiles.Binds(project, project.Services["web"]).Count());
        Assert.Empty(SecretFiles.Binds(rewritten, rewritten.Services["web"]));
        Assert.Equal(
            ["run/secrets/token", "own/token"],
            SecretFiles.Injected(rewritten, rewritten.Services["web"]).Select(file => SecretArchive.Entry(file.Path)));
    }

    private static Situation Windows(string yaml) => new(yaml) { OSType = "windows" };
}
