using Compose.Files;
using Compose.Tests.Support;

namespace Compose.Tests.Model;

/// <summary>Attributes that only Swarm supports cause a warning with their place.</summary>
public class DeployTests
{
    [Theory]
    [InlineData("mode: global", "mode")]
    [InlineData("endpoint_mode: vip", "endpoint_mode")]
    [InlineData("labels: { a: b }", "labels")]
    [InlineData("placement: { constraints: [node.role==manager] }", "placement")]
    [InlineData("update_config: { parallelism: 2 }", "update_config")]
    [InlineData("rollback_config: { delay: 1s }", "rollback_config")]
    [InlineData("restart_policy: { delay: 5s }", "delay")]
    [InlineData("restart_policy: { window: 5s }", "window")]
    [InlineData("resources: { reservations: { cpus: \"0.5\" } }", "cpus")]
    [InlineData("resources: { reservations: { generic_resources: [{ discrete_resource_spec: { kind: gpu, value: 2 } }] } }",
        "generic_resources")]
    public void Parts_for_a_swarm_are_warned_about(string deploy, string attribute)
    {
        var result = LoadedFiles.Load($"services:\n  web:\n    image: i\n    deploy:\n      {deploy}\n");
        var warning = result.Diagnostics.First(diagnostic =>
            diagnostic.Message.Contains($"'{attribute}'", StringComparison.Ordinal));

        Assert.Equal((DiagnosticSeverity.Warning, "SwarmOnly", 5), (warning.Severity, warning.Id, warning.Line));
        Assert.Equal(7 + deploy.IndexOf(attribute, StringComparison.Ordinal), warning.Column);
    }

    [Theory]
    [InlineData("replicas: 2")]
    [InlineData("restart_policy: { condition: any, max_attempts: 2 }")]
    [InlineData("resources: { limits: { cpus: \"1\", memory: 1m, pids: 3 }, "
        + "reservations: { memory: 1m, devices: [{ capabilities: [gpu] }] } }")]
    public void Parts_an_engine_carries_out_are_not(string deploy) =>
        Assert.Empty(LoadedFiles.Load($"services:\n  web:\n    image: i\n    deploy:\n      {deploy}\n").Diagnostics);
}
