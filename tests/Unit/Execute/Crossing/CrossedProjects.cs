namespace Compose.Tests.Execute.Crossing;

/// <summary>Small projects, one subject each, that one tool creates and the other brings up again.</summary>
internal static class CrossedProjects
{
    private const string Web = "  web:\n    image: busybox\n    command: sleep 600\n    stop_grace_period: 0s\n    init: true\n";

    /// <summary>The compose files by subject.</summary>
    public static readonly IReadOnlyDictionary<string, string> All = new Dictionary<string, string>
    {
        ["plain"] = Services("environment: { A: '1', B: '<&>' }", "labels: { team: blue }"),
        ["binds"] = Services(
            "volumes:", "  - ./data:/short", "  - ./data:/read:ro",
            "  - { type: bind, source: ./data, target: /bound, bind: {} }",
            "  - { type: bind, source: ./data, target: /said, bind: { create_host_path: true } }",
            "  - { type: bind, source: ./data, target: /no, bind: { create_host_path: false } }",
            "  - { type: bind, source: ./data, target: /bare }",
            "  - { type: bind, source: ./data, target: /private, bind: { propagation: rprivate } }"),
        ["volumes"] = Services(
            "volumes: ['store:/store', 'store:/again:ro', /anonymous]",
            "tmpfs: [/scratch]") + "volumes:\n  store: { labels: { kept: 'yes' } }\n",
        ["secrets"] = Services(
            "secrets: [word, { source: word, target: other, mode: 0440, uid: '7' }]",
            "configs: [{ source: text, target: /etc/text }, { source: said, target: /etc/said }]")
            + "secrets:\n  word: { file: ./word }\nconfigs:\n  text: { file: ./word }\n  said: { content: hello }\n",
        ["address"] = Services("networks: { back: { ipv4_address: 10.213.91.7, aliases: [db], priority: 10 }, front: { } }")
            + "networks:\n  back: { ipam: { config: [{ subnet: 10.213.91.0/24, gateway: 10.213.91.1 }] } }\n  front: { "
            + "driver_opts: { com.docker.network.driver.mtu: '1400' } }\n",
        ["build"] =
            "services:\n  web:\n    build: { context: ., dockerfile_inline: \"FROM busybox\\nRUN echo crossed > /made\\n\" }\n   "
                + " command: sleep 600\n    stop_grace_period: 0s\n    init: true\n",
        ["profiles"] = Services("profiles: [extra]") + Other("plain"),
        ["shared-namespaces"] = Services("network_mode: service:base", "pid: service:base") + Other("base", "ipc: shareable"),
        ["scale"] = Services("scale: 3") + Other(
            "second", "deploy: { replicas: 2, resources: { limits: { cpus: '0.5', memory: 64M, pids: 50 } } }"),
        ["volumes-from"] = Services(
            "volumes_from: [base, 'store:ro']") + Other("base", "volumes: [/kept]") + Other(
                "store", "volumes: ['data:/data']") + "volumes:\n  data: { }\n",
        ["hooks"] = Services("post_start: [{ command: [touch, /begun], user: root }]", "pre_stop: [{ command: touch /ended }]"),
        ["extends"] = "include: [./included.yaml]\n" + Services(
            "extends: { file: base.yaml, service: base }", "depends_on: [included]"),
        ["label-file"] = Services("label_file: [./labels]", "labels: { own: '1' }"),
        ["env-file"] = Services("env_file: [./variables, { path: ./absent, required: false }]", "environment: [FROM_SHELL, X=1]"),
        ["healthcheck"] = Services("depends_on: { base: { condition: service_healthy, restart: true } }")
            + Other(
                "base",
                "healthcheck: { test: [CMD, 'true'], interval: 1s, timeout: 5s, retries: 3, start_period: 10s, start_interval: "
                    + "500ms }"),
        ["ulimits"] = Services(
            "ulimits: { nproc: 4096, nofile: { soft: 1024, hard: 2048 } }", "shm_size: 32m",
            "sysctls: { net.core.somaxconn: 512 }", "cap_add: [NET_ADMIN]", "security_opt: ['label:disable']",
            "mem_limit: 64m", "cpus: 0.5", "oom_score_adj: 100", "extra_hosts: ['there:10.0.0.1', 'v6=::1']", "dns: 10.0.0.2",
            "devices: ['/dev/null:/dev/nothing', /dev/zero]", "group_add: ['7']"),
        ["ports"] = Services(
            "ports: ['127.0.0.1::8080', '9000', { target: 81 }, { target: 90, host_ip: 127.0.0.1, protocol: udp, mode: host, "
                + "name: dns, app_protocol: dns }]",
            "expose: ['7', '8/udp']"),
        ["names"] =
            "services:\n  web:\n    image: busybox\n    command: sleep 600\n    stop_grace_period: 0s\n    container_name: "
                + "crossed-own-name\n    hostname: own\n    domainname: example.test\n    links: ['base:alias']\n"
            + Other("base") + "networks:\n  default: { name: crossed-own-network }\n",
        ["logging"] = Services(
            "logging: { driver: json-file, options: { max-size: 1m } }", "restart: unless-stopped", "user: '7:8'",
            "working_dir: /tmp", "read_only: true", "tty: true", "stdin_open: true", "stop_signal: SIGINT",
            "platform: linux/amd64"),
        ["watched"] = Services(
            "develop: { watch: [{ path: ./data, action: sync, target: /data, ignore: [x/] }, { path: ./word, action: rebuild }] "
                + "}",
            "annotations: { note: text }", "pull_policy: missing", "attach: false"),
    };

    /// <summary>The files that the projects refer to, with their contents.</summary>
    public static readonly IReadOnlyDictionary<string, string> Files = new Dictionary<string, string>
    {
        ["word"] = "secret\n",
        ["labels"] = "from.file=yes\nother=two words\n",
        ["variables"] = "FILE_A=1\nFILE_B=\"two words\"\n",
        ["included.yaml"] =
            "services:\n  included:\n    image: busybox\n    command: sleep 600\n    stop_grace_period: 0s\n    volumes: "
                + "['./data:/data']\n",
        ["base.yaml"] =
            "services:\n  base:\n    environment: { BASE: '1' }\n    labels: { base: 'yes' }\n    volumes: ['./data:/base']\n",
    };

    private static string Services(params string[] attributes) => "services:\n" + Web + Lines(attributes);

    private static string Other(string name, params string[] attributes) =>
        Web.Replace("  web:", $"  {name}:", StringComparison.Ordinal) + Lines(attributes);

    private static string Lines(IEnumerable<string> attributes) =>
        string.Concat(attributes.Select(attribute => $"    {attribute}\n"));
}
