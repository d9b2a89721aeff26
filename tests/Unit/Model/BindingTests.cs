using Compose.Model;
using Compose.Model.Config;
using Compose.Tests.Support;

namespace Compose.Tests.Model;

/// <summary>From text to records.</summary>
public class BindingTests
{
    [Fact]
    public void A_service_is_bound_in_every_part()
    {
        var service = Load("""
            services:
              s:
                image: i
                command: []
                environment: {A: 1, B: }
                ports: [{target: 80, published: 8080, host_ip: 127.0.0.1}]
                healthcheck: {test: curl x, interval: 1m30s, retries: 3}
                deploy: {replicas: 2, resources: {limits: {cpus: '0.5', memory: 64m, pids: 9}, reservations: {memory: 32m}}}
                ulimits: {nofile: 10, nproc: {soft: 1, hard: 2}}
                stop_grace_period: 2s
                extra_hosts: {h: 1.2.3.4, six: '::1'}
                links: [other:alias]
                network_mode: service:third
              other: {image: i}
              third: {image: i}
            """);

        Assert.Empty(service.Command!);
        Assert.Null(service.Entrypoint);
        Assert.Equal(("1", null), (service.Environment["A"], service.Environment["B"]));
        Assert.Equal(
            ("127.0.0.1", 80, "8080", "tcp"),
            (service.Ports[0].HostIP, service.Ports[0].Target, service.Ports[0].Published, service.Ports[0].Protocol));
        Assert.Equal(["CMD-SHELL", "curl x"], service.Healthcheck!.Test);
        Assert.Equal(TimeSpan.FromSeconds(90), service.Healthcheck.Interval);
        Assert.Equal(
            (2, 0.5, 67108864L, 33554432L, 9L),
            (service.Replicas, service.Resources.Cpus, service.Resources.Memory, service.Resources.MemoryReservation,
                service.Resources.Pids));
        Assert.Equal(
            (new UlimitDefinition(10, 10) { IsSingle = true }, new UlimitDefinition(1, 2)),
            (service.Ulimits["nofile"], service.Ulimits["nproc"]));
        Assert.Equal(TimeSpan.FromSeconds(2), service.StopGracePeriod);
        Assert.Equal(["h:1.2.3.4", "six:::1"], service.ExtraHosts);
        Assert.Equal((true, true), (service.DependsOn["other"].Restart, service.DependsOn["third"].Restart));
        Assert.Empty(service.Networks);
    }

    [Fact]
    public void What_is_not_said_is_absent()
    {
        var service = Load("services: {s: {image: i}}");

        Assert.Null(service.Command);
        Assert.Null(service.Healthcheck);
        Assert.Equal(1, service.Replicas);
        Assert.Equal(["default"], service.Networks.Keys);
    }

    [Fact]
    public void Names_on_the_engine_are_the_projects_unless_given()
    {
        var project = LoadedFiles.Load(
            "services: {s: {image: i, networks: [n, e, x], volumes: ['vol:/v', 'own:/o']}}\n"
                + "networks: {n: , e: {external: true}, x: {external: {name: old}}}\n"
                + "volumes: {vol: , own: {name: mine}}").Project!;

        Assert.Equal(("p_n", "e", "old"), (project.Networks["n"].Name, project.Networks["e"].Name, project.Networks["x"].Name));
        Assert.Equal(("p_vol", "mine"), (project.Volumes["vol"].Name, project.Volumes["own"].Name));
    }

    [Fact]
    public void The_hash_changes_with_what_makes_a_container_another_and_with_nothing_else()
    {
        var plain = ConfigHash.Of(Load("services: {s: {image: i}}"));

        Assert.Equal(
            plain,
            ConfigHash.Of(
                Load("services: {s: {image: i, scale: 3, build: ., pull_policy: always, profiles: [], depends_on: []}}")));
        Assert.NotEqual(plain, ConfigHash.Of(Load("services: {s: {image: i, hostname: h}}")));
        Assert.NotEqual(plain, ConfigHash.Of(Load("services: {s: {image: j}}")));
    }

    private static ServiceDefinition Load(string text, params string[] profiles) =>
        LoadedFiles.Load(
            [text], new Dictionary<string, string>(), request => request with { Profiles = profiles }).Project!.Services["s"];
}
