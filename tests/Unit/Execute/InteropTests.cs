using System.Text;
using Compose.Plan.Input;
using Compose.Tests.Support;

namespace Compose.Tests.Execute;

/// <summary>
/// A project of twenty different services, created by one tool and brought up by the other: nothing is recreated.
/// </summary>
public class InteropTests
{
    /// <summary>The number of containers: twenty services, one with two replicas.</summary>
    private const int Containers = 21;

    [PeerFact]
    public async Task What_docker_compose_began_we_keep_and_it_keeps_what_we_change()
    {
        using var turn = await EngineLock.AcquireAsync();
        await using var project = await BeginAsync("interopa");
        await PeerAsync(project, "up", "-d");
        var theirs = await IdsAsync(project);
        Assert.Equal(Containers, theirs.Count);

        Assert.Empty(await ChangesAsync(project));
        Assert.Empty((await project.UpAsync(Yaml())).Failed);
        Assert.Equal(theirs, await IdsAsync(project));

        var changed = Yaml().Replace("GREETING: hello", "GREETING: changed", StringComparison.Ordinal);
        Assert.Empty((await project.UpAsync(changed)).Failed);
        var ours = await IdsAsync(project);
        Assert.Equal(Containers - 1, ours.Intersect(theirs).Count());
        await PeerAsync(project, "up", "-d");
        Assert.Equal(ours, await IdsAsync(project));
    }

    [PeerFact]
    public async Task What_we_begin_for_a_release_of_docker_compose_it_keeps()
    {
        using var turn = await EngineLock.AcquireAsync();
        await using var project = await BeginAsync("interopb");
        Assert.Empty(
            (await project.UpAsync(
                Yaml(), new UpOptions { Release = (await project.PeerAsync("version", "--short")).Output.Trim() })).Failed);
        var ours = await IdsAsync(project);
        Assert.Equal(Containers, ours.Count);

        await PeerAsync(project, "up", "-d");
        Assert.Equal(ours, await IdsAsync(project));
        Assert.Empty(await ChangesAsync(project));
    }

    private static async Task<EngineProject> BeginAsync(string name)
    {
        var project = await EngineProject.CreateAsync(name);
        project.Write(".env", "INTEROP_WORD=word\nCOMPOSE_PROFILES=tools\n");
        project.Write("one.env", "FILE=one\nSHARED='quoted $value'\n");
        project.Write("secret.txt", "hush");
        project.Write("Dockerfile", "FROM busybox\nLABEL from=dockerfile\n");
        project.Load(Yaml());
        return project;
    }

    /// <summary>Thirteen services of different kinds, one of them with a disabled profile, and seven plain ones.</summary>
    private static string Yaml()
    {
        const string Common = "init: true, stop_grace_period: 0s, command: sleep 600";
        var text = new StringBuilder($$"""
            services:
              built: { build: ., {{Common}} }
              profiled: { image: busybox, {{Common}}, profiles: [tools, more], depends_on: [db] }
              never: { image: busybox, {{Common}}, profiles: [never] }
              db:
                { image: busybox, {{Common}}, volumes: ["data:/data", /anonymous],
                  healthcheck: { test: [CMD, "true"], interval: 300ms, retries: 5 } }
              job: { image: busybox, command: "true", depends_on: [db] }
              api:
                { image: busybox, {{Common}}, env_file: one.env, environment: { GREETING: hello, INTEROP_WORD: },
                  depends_on: { db: { condition: service_healthy }, job: { condition: service_completed_successfully } } }
              web:
                { image: busybox, {{Common}}, depends_on: { api: { condition: service_started, restart: true } },
                  ports: ["80", "127.0.0.1::81"], networks: { front: { aliases: [www] }, default: } }
              keeper:
                { image: busybox, {{Common}}, secrets: [file, { source: file, target: other }, word],
                  configs: [{ source: settings, target: /etc/settings }] }
              limited:
                { image: busybox, {{Common}}, ulimits: { nofile: 1024 }, deploy: {
                  resources: { limits: { cpus: "0.5", memory: 64m } }, restart_policy: { condition: on-failure } } }
              labelled:
                { image: busybox, {{Common}}, labels: ["a=1", b], annotations: { note: x }, hostname: given,
                  extra_hosts: ["far=10.0.0.1"] }
              sharing: { image: busybox, {{Common}}, network_mode: "service:db", volumes_from: ["db:ro"] }
              linked: { image: busybox, {{Common}}, links: ["web:site"], networks: [front] }
              logging:
                { image: busybox, {{Common}}, logging: { driver: json-file, options: { max-size: 1m } },
                  tmpfs: [/tmp], cap_drop: [ALL], read_only: true }
              scaled: { image: busybox, {{Common}}, deploy: { replicas: 2 } }

            """);
        for (var number = 1; number <= 7; number++)
            text.Append($"  plain{number}: {{ image: busybox, {Common} }}\n");
        return text.Append("""
            networks: { front: { driver_opts: { com.docker.network.driver.mtu: 1400 } } }
            volumes: { data: { labels: { tier: data } } }
            secrets: { file: { file: ./secret.txt }, word: { environment: INTEROP_WORD } }
            configs: { settings: { file: ./one.env } }

            """).ToString();
    }

    private static async Task<IReadOnlyList<string>> IdsAsync(EngineProject project) =>
        [
            .. (await project.ContainersAsync())
            .Select(container => $"{container.Container} {container.Id}")
            .Order(StringComparer.Ordinal),
        ];

    /// <summary>All steps of up except starts: both tools run an ended one-shot service again.</summary>
    private static async Task<IEnumerable<string>> ChangesAsync(EngineProject project) =>
        (await project.PlanAsync(Yaml())).Operations.Where(operation => operation.Kind != "Start")
            .Select(operation => operation.ToString());

    private static async Task PeerAsync(EngineProject project, params string[] arguments)
    {
        var (code, output) = await project.PeerAsync(arguments);
        Assert.True(code == 0, output);
    }
}
