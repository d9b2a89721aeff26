using Compose.Model.Config;
using Compose.Plan.Input;
using Compose.Tests.Plan;

namespace Compose.Tests.Model;

/// <summary>
/// What each release leaves out of the hash and how it writes the rest, by the compose-go version it uses: the last release
/// before a change, and the first one with it.
/// </summary>
public class HashRuleTests
{
    [Theory]
    [InlineData("2.23.3", "", "\"deploy\":{\"replicas\":1,\"resources\":{},\"placement\":{}}", true)]
    [InlineData("2.24.0", "", "deploy", false)]
    [InlineData("2.23.3", "extra_hosts: [a=1.1.1.1]", "\"a:1.1.1.1\"", true)]
    [InlineData("2.24.0", "extra_hosts: [a=1.1.1.1]", "\"a=1.1.1.1\"", true)]
    [InlineData("2.24.3", "storage_opt: { size: 1G }", "storage_opt", false)]
    [InlineData("2.24.4", "storage_opt: { size: 1G }", "storage_opt", true)]
    [InlineData("2.25.0", "deploy: { resources: { limits: { cpus: '0.5' } } }", "\"cpus\":\"0.5\"", true)]
    [InlineData("2.26.0", "deploy: { resources: { limits: { cpus: '0.5' } } }", "\"cpus\":0.5", true)]
    [InlineData("2.28.1", "ports: [{ target: 80 }]", "[{\"target\":80}]", true)]
    [InlineData("2.29.0", "ports: [{ target: 80 }]", "[{\"mode\":\"ingress\",\"target\":80,\"protocol\":\"tcp\"}]", true)]
    [InlineData("2.29.2", "devices: ['/dev/a:/dev/b']", "[\"/dev/a:/dev/b\"]", true)]
    [InlineData("2.29.3", "devices: ['/dev/a:/dev/b']", "\"permissions\":\"rwm\"", true)]
    [InlineData("2.29.2", "depends_on: [other]", "depends_on", true)]
    [InlineData("2.29.3", "depends_on: [other]", "depends_on", false)]
    [InlineData("2.31.0", "develop: { watch: [{ path: ., action: rebuild }] }", "\"exec\"", false)]
    [InlineData("2.32.0", "develop: { watch: [{ path: ., action: rebuild }] }", "\"exec\":{\"command\":null}", true)]
    [InlineData("2.33.1", "networks: { back: { gw_priority: 1 } }", "gw_priority", false)]
    [InlineData("2.34.0", "networks: { back: { gw_priority: 1 } }", "gw_priority", true)]
    [InlineData("2.33.1", "secrets: [{ source: key, mode: 0440 }]", "\"mode\":288", true)]
    [InlineData("2.34.0", "secrets: [{ source: key, mode: 0440 }]", "\"mode\":\"0440\"", true)]
    [InlineData("2.35.1", "networks: { back: { priority: 1, aliases: [x] } }", "{\"priority\":1,\"aliases\":[\"x\"]}", true)]
    [InlineData("2.36.0", "networks: { back: { priority: 1, aliases: [x] } }", "{\"aliases\":[\"x\"],\"priority\":1}", true)]
    [InlineData("2.40.3", "volumes: ['/a:/b']", "\"bind\":{\"create_host_path\":true}", true)]
    [InlineData("2.40.3", "volumes: [{ type: bind, source: /a, target: /b, bind: { create_host_path: false } }]",
        "\"bind\":{}", true)]
    [InlineData("5.0.1", "volumes: ['/a:/b']", "\"bind\":{}", true)]
    [InlineData("5.0.1", "volumes: [{ type: bind, source: /a, target: /b, bind: {} }]",
        "\"bind\":{\"create_host_path\":false}", true)]
    [InlineData("5.0.2", "volumes: [{ type: bind, source: /a, target: /b, bind: {} }]", "\"bind\":{}", true)]
    [InlineData("5.5.0", "volumes: [{ type: bind, source: /a, target: /b, bind: { create_host_path: false } }]",
        "\"bind\":{\"create_host_path\":false}", true)]
    [InlineData("5.5.0", "models: [m]", "\"models\":{\"m\":null}", true)]
    public void A_release_writes_it_so(string release, string attributes, string part, bool isThere)
    {
        var project = Situation.Load(
            $"services:\n  web:\n    image: busybox\n    {attributes}\n  other: {{ image: busybox }}\nnetworks:\n  back: "
                + $"{{}}\nsecrets:\n  key: {{ file: /dev/null }}\nmodels:\n  m: {{ model: x }}\n");
        var rule = ConfigForm.HashRules[new ComposeRelease(release).HashRule];
        var json = ConfigWriter.Compacted(writer => new ServiceJson(writer, rule).Write(project.Services["web"]));
        Assert.True(json.Contains(part, StringComparison.Ordinal) == isThere, json);
    }
}
