using Compose.Files;
using Compose.Model.Config;
using Compose.Tests.Support;

namespace Compose.Tests.Files;

/// <summary>
/// Numbers that are too large, or are not numbers, are reported with their place; accepted ones can be written again.
/// </summary>
public class HostileNumberTests
{
    private static readonly string[] Numbers =
    [
        "1e308", "-1e308", "1e400", ".inf", "-.inf", ".nan", "99999999999999999999", "-99999999999999999999",
        "9223372036854775807", "-9223372036854775808",
        "4294967297", "2147483648", "1e18", "0x7fffffffffffffff", "0o7777777777777777777777", "-1", "1.5", "'1e308'", "'NaN'",
        "'Infinity'", "'99999999999999999999'",
        "1e300g", "'99999999999p'", "1e300s", "'9999999999999999h'", "'-9999999999999999h'", "'1e5s'",
        "'" + new string('9', 400) + "w'", "70000", "'1-99999999999'",
    ];

    private static readonly string[] Attributes =
    [
        "cpus: N", "cpu_count: N", "cpu_percent: N", "cpu_period: N", "cpu_quota: N", "cpu_rt_period: N", "cpu_rt_runtime: N",
        "cpu_shares: N", "mem_limit: N", "mem_reservation: N",
        "mem_swappiness: N", "memswap_limit: N", "oom_score_adj: N", "pids_limit: N", "shm_size: N", "scale: N",
        "stop_grace_period: N", "ulimits: {nofile: N}",
        "ulimits: {nofile: {soft: N, hard: N}}", "ports: [N]", "ports: [{target: N}]", "ports: [{target: 1, published: N}]",
        "expose: [N]",
        "healthcheck: {test: x, interval: N, timeout: N, start_period: N}", "healthcheck: {test: x, retries: N}",
        "deploy: {replicas: N}",
        "deploy: {restart_policy: {delay: N, window: N, max_attempts: N}}",
        "deploy: {update_config: {parallelism: N, max_failure_ratio: N, monitor: N}}",
        "deploy: {placement: {max_replicas_per_node: N}}", "deploy: {resources: {limits: {cpus: N, memory: N, pids: N}}}",
        "deploy: {resources: {reservations: {cpus: N, memory: N}}}",
        "deploy: {resources: {reservations: {devices: [{capabilities: [x], count: N}]}}}",
        "deploy: {resources: {reservations: {generic_resources: [{discrete_resource_spec: {kind: x, value: N}}]}}}",
        "blkio_config: {weight: N, weight_device: [{path: /x, weight: N}], device_read_bps: [{path: /x, rate: N}]}",
        "networks: {default: {priority: N, gw_priority: N}}",
        "secrets: [{source: s, mode: N}]", "volumes: [{type: tmpfs, target: /x, tmpfs: {size: N, mode: N}}]",
        "gpus: [{count: N}]", "build: {context: ., shm_size: N}", "pull_policy: every_N",
        "tmpfs: ['/x:size=N']", "logging: {options: {max-size: N}}", "sysctls: {x: N}", "storage_opt: {size: N}",
        "group_add: [N]", "user: 'N'", "environment: {A: N}", "labels: {a: N}",
    ];

    public static TheoryData<string> Each => [.. Attributes];

    [Theory]
    [MemberData(nameof(Each))]
    public void A_number_ends_in_a_project_that_can_be_written_or_in_a_diagnostic(string attribute)
    {
        foreach (var number in Numbers)
        {
            var bare = number.Trim('\'');
            var line = attribute.Replace("'N'", "N").Replace("N'", bare + "'").Replace("_N", "_" + bare).Replace("N", number);
            var text = $"services:\n  web:\n    image: x\n    {line}\nsecrets: {{s: {{file: x}}}}\n";
            var result = LoadedFiles.Load(text);
            if (result.Project is not { } project)
            {
                var error = result.Diagnostics.First(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error);
                Assert.True(error is { Line: 4, Column: > 0 }, $"{text}\n{error}");
                continue;
            }

            ConfigWriter.ToYaml(project);
            ConfigWriter.ToJson(project);
            ConfigHash.Of(project.Services["web"]);
        }
    }

    [Theory]
    [InlineData("cpus: 1e308")]
    [InlineData("cpus: 10000000000")]
    [InlineData("mem_limit: 1e300")]
    [InlineData("mem_limit: 1e300g")]
    [InlineData("mem_limit: 99999999999p")]
    [InlineData("stop_grace_period: 9999999999999999h")]
    [InlineData("stop_grace_period: -9999999999999999h")]
    [InlineData("scale: 4294967297")]
    [InlineData("deploy: {replicas: 4294967297}")]
    [InlineData("ports: [{target: 70000}]")]
    [InlineData("ports: [{target: 80, published: 70000}]")]
    [InlineData("ports: [{target: 80, published: '1-99999999999'}]")]
    [InlineData("ports: [{target: 80, published: '20-10'}]")]
    [InlineData("expose: [99999999999]")]
    [InlineData("expose: ['1-99999999']")]
    public void A_number_that_is_too_large_is_refused_at_its_place(string attribute)
    {
        var result = LoadedFiles.Load($"services:\n  web:\n    image: x\n    {attribute}\n");

        Assert.Null(result.Project);
        var error = Assert.Single(result.Diagnostics);
        Assert.Equal((4, true), (error.Line, error.Column > 4));
    }

    [Theory]
    [InlineData("cpus: 0.5")]
    [InlineData("mem_limit: 8p")]
    [InlineData("stop_grace_period: 2400000h")]
    [InlineData("scale: 10000")]
    [InlineData("ports: [{target: 80, published: '8000-8010'}]")]
    [InlineData("ports: [{target: 80, published: ''}]")]
    [InlineData("ports: [{target: 80, published: 0}]")]
    [InlineData("expose: ['1-65535', 80/udp]")]
    public void A_number_that_is_large_stays(string attribute) =>
        Assert.NotNull(LoadedFiles.Load($"services:\n  web:\n    image: x\n    {attribute}\n").Project);

    [Theory]
    [InlineData("services: {web: {image: x, scale: 10001}}", 1)]
    [InlineData("services:\n  web:\n    image: x\n    deploy: {replicas: 1000000000}\n", 4)]
    public void More_replicas_than_a_plan_can_hold_are_refused_at_their_place(string text, int line)
    {
        var error = Assert.Single(LoadedFiles.Load(text).Diagnostics);
        Assert.Equal(("TooManyReplicas", line, true), (error.Id, error.Line, error.Advice is not null));
    }

    [Fact]
    public void Services_may_not_have_more_than_100_000_replicas_together()
    {
        var services = string.Concat(Enumerable.Range(1, 11).Select(number => $"  s{number}: {{image: x, scale: 10000}}\n"));

        var error = Assert.Single(LoadedFiles.Load($"services:\n{services}").Diagnostics);

        Assert.Equal(("TooManyReplicas", 1), (error.Id, error.Line));
    }
}
