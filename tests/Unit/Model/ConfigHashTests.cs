using System.Security.Cryptography;
using System.Text;
using Compose.Model;
using Compose.Model.Config;
using Compose.Tests.Plan;

namespace Compose.Tests.Model;

/// <summary>
/// The hash of the newest rule, of texts worked out by hand: a service's attributes in the order docker compose declares them,
/// maps sorted, without what does not change a container (build, pull_policy, scale, replicas, depends_on, profiles).
/// </summary>
public class ConfigHashTests
{
    [Theory]
    [InlineData("image: busybox", """{"command":null,"entrypoint":null,"image":"busybox","networks":{"default":null}}""")]
    [InlineData(
        "image: busybox\n    build: .\n    pull_policy: always\n    scale: 3\n    profiles: []\n    deploy: { replicas: 3 }",
        """{"command":null,"deploy":{"resources":{},"placement":{}},"entrypoint":null"""
            + ""","image":"busybox","networks":{"default":null}}""")]
    [InlineData("image: busybox\n    depends_on: [other]",
        """{"command":null,"entrypoint":null,"image":"busybox","networks":{"default":null}}""")]
    [InlineData(
        "image: busybox\n    command: sh -c 'a && b > c'\n    entrypoint: []\n    environment: { B: '2', A: null, C: '<&>' }",
        """{"command":["sh","-c","a \u0026\u0026 b \u003e c"],"entrypoint":[]"""
            + ""","environment":{"A":null,"B":"2","C":"\u003c\u0026\u003e"},"image":"busybox","networks":{"default":null}}""")]
    [InlineData("image: busybox\n    ports: ['127.0.0.1:8080:80', '53:53/udp']",
        """{"command":null,"entrypoint":null,"image":"busybox","networks":{"default":null}"""
            + ""","ports":[{"mode":"ingress","host_ip":"127.0.0.1","target":80,"published":"8080","protocol":"tcp"}"""
            + """,{"mode":"ingress","target":53,"published":"53","protocol":"udp"}]}""")]
    [InlineData("image: busybox\n    volumes: ['/srv:/data:ro', 'cache:/cache', /tmp/x]",
        """{"command":null,"entrypoint":null,"image":"busybox","networks":{"default":null}"""
            + ""","volumes":[{"type":"bind","source":"/srv","target":"/data","read_only":true,"bind":{}}"""
            + """,{"type":"volume","source":"cache","target":"/cache","volume":{}}"""
            + """,{"type":"volume","target":"/tmp/x","volume":{}}]}""")]
    [InlineData("image: busybox\n    networks: { back: { aliases: [db], priority: 5 } }\n    stop_grace_period: 90s\n"
        + "    healthcheck: { test: 'true', interval: 1m30s, retries: 3 }",
        """{"command":null,"entrypoint":null,"healthcheck":{"test":["CMD-SHELL","true"],"interval":"1m30s","retries":3}"""
            + ""","image":"busybox","networks":{"back":{"aliases":["db"],"priority":5}},"stop_grace_period":"1m30s"}""")]
    [InlineData("image: busybox\n    secrets: [{ source: key, mode: 0440, uid: '7' }]\n"
        + "    ulimits: { nofile: 10, nproc: { soft: 1, hard: 2 } }\n    mem_limit: 64m\n    cpus: 0.5\n    init: false",
        """{"cpus":0.5,"command":null,"entrypoint":null,"image":"busybox","init":false"""
            + ""","mem_limit":"67108864","networks":{"default":null}"""
            + ""","secrets":[{"source":"key","target":"/run/secrets/key","uid":"7","mode":"0440"}]"""
            + ""","ulimits":{"nofile":10,"nproc":{"soft":1,"hard":2}}}""")]
    [InlineData("image: busybox\n    privileged: true\n    cap_add: [B, A]\n    labels: { z: '1', a: '2' }\n"
        + "    restart: always\n    user: '7'\n    working_dir: /x\n    post_start: [{ command: [a] }]",
        """{"cap_add":["B","A"],"command":null,"entrypoint":null,"image":"busybox","labels":{"a":"2","z":"1"}"""
            + ""","networks":{"default":null},"privileged":true"""
            + ""","restart":"always","user":"7","working_dir":"/x","post_start":[{"command":["a"]}]}""")]
    public void A_service_is_hashed_as_its_json(string attributes, string json)
    {
        var project = Situation.Load(
            $"services:\n  web:\n    {attributes}\n  other:\n    image: busybox\n"
                + "volumes:\n  cache: {}\nnetworks:\n  back: {}\nsecrets:\n  key: { file: /dev/null }\n");
        Assert.Equal(json, Compacted(project.Services["web"]));
        Assert.Equal(Sha256(json), ConfigHash.Of(project.Services["web"]));
    }

    [Fact]
    public void Networks_and_volumes_are_hashed_as_theirs()
    {
        var project = Situation.Load(
            "services:\n  web: { image: busybox, networks: [back], volumes: ['data:/d'] }\n"
                + "networks:\n  back: { driver_opts: { mtu: 1400 }, internal: true, labels: [a=b] }\n"
                + "volumes:\n  data: { labels: { x: 'y' } }\n");
        Assert.Equal(
            Sha256("""{"name":"demo_back","driver_opts":{"mtu":"1400"},"ipam":{},"internal":true,"labels":{"a":"b"}}"""),
            ConfigHash.Of(project.Networks["back"]));
        Assert.Equal(
            Sha256("""{"name":"demo_data","driver":"local","labels":{"x":"y"}}"""), ConfigHash.Of(project.Volumes["data"]));
    }

    private static string Compacted(ServiceDefinition service) =>
        Compose.Model.Config.ConfigWriter.Compacted(json =>
            new Compose.Model.Config.ServiceJson(json, Compose.Model.Config.ConfigForm.HashRules[0]).Write(service));

    private static string Sha256(string text) =>
        Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(text))).ToLowerInvariant();
}
