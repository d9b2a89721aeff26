namespace Compose.Tests.Swarm.Specs;

/// <summary>A stack with every attribute that docker stack deploy carries out, each in the forms that it takes.</summary>
internal static class StackSample
{
    public const string Yaml = """
        services:
          web:
            image: busybox
            entrypoint: [sh, -c]
            command: ["sleep 600"]
            environment: { B: "2", A: "1", NOVAL: null, T: "{{.Node.Hostname}}-{{.Task.Slot}}" }
            env_file: [web.env]
            hostname: "h-{{.Task.Slot}}"
            user: "1000:1000"
            working_dir: /w
            tty: true
            stdin_open: true
            read_only: true
            init: true
            isolation: default
            labels: { l: m }
            stop_grace_period: 20s
            stop_signal: SIGUSR1
            healthcheck: { test: "true", interval: 10s, timeout: 1s, retries: 5, start_period: 15s, start_interval: 5s }
            extra_hosts: ["a:1.1.1.1", "c:::1"]
            dns: [8.8.8.8, 1.1.1.1]
            dns_search: [example.com]
            cap_add: [NET_ADMIN, sys_time]
            cap_drop: [CAP_MKNOD]
            sysctls: { net.core.somaxconn: "1024" }
            ulimits: { nproc: 65535, nofile: { soft: 20000, hard: 40000 } }
            configs: [c1, { source: c2, target: /etc/c2, uid: "1", gid: "2", mode: 0440 }]
            logging: { driver: json-file, options: { max-size: 10m } }
            networks:
              front: { aliases: [x, y] }
              back:
            ports:
              - "8080:80"
              - "9000-9002:9000-9002/udp"
              - "80"
              - { target: 443, published: 8443, mode: host, protocol: tcp }
            volumes:
              - data:/data
              - /anonymous
              - { type: volume, source: kept, target: /kept, read_only: true, volume: { nocopy: true } }
              - { type: volume, source: shared, target: /shared }
              - /etc:/host-etc:ro
              - { type: bind, source: /tmp, target: /t, bind: { propagation: rslave } }
              - { type: tmpfs, target: /run, tmpfs: { size: 1048576 } }
              - ./relative:/relative
            deploy:
              replicas: 2
              endpoint_mode: vip
              labels: { d: e }
              update_config: { parallelism: 3, delay: 10s, failure_action: continue, monitor: 60s,
                max_failure_ratio: 0.3, order: start-first }
              rollback_config: { parallelism: 0, delay: 1s }
              resources:
                limits: { cpus: "0.5", memory: 50M, pids: 70 }
                reservations:
                  cpus: "0.25"
                  memory: 20M
                  generic_resources: [{ discrete_resource_spec: { kind: gpu, value: 2 } }]
              restart_policy: { condition: on-failure, delay: 3s, max_attempts: 3, window: 120s }
              placement:
                constraints: ["node.role == manager", "node.labels.a==b"]
                max_replicas_per_node: 5
                preferences: [{ spread: node.labels.zone }]
          everywhere:
            image: docker.io/library/nginx:1
            restart: on-failure:3
            healthcheck: { disable: true }
            deploy: { mode: global, endpoint_mode: dnsrr }
          once:
            image: "registry.example.com:5000/a/b@sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"
            restart: "no"
            networks: [back]
            deploy: { mode: replicated-job, replicas: 3 }
          each:
            image: busybox:1
            restart: always
            networks: [outside]
            deploy: { mode: global-job }
          windows:
            image: busybox
            credential_spec: { config: c1 }
          plain:
            image: busybox:latest
            command: sleep 1
        networks:
          front:
            driver_opts: { com.docker.network.driver.mtu: "1400" }
            labels: { n: l }
          back:
            name: back-of-it
            internal: true
            attachable: true
            ipam: { config: [{ subnet: 10.123.0.0/24 }] }
          outside: { external: true, name: host }
        volumes:
          data:
            driver: local
            driver_opts: { type: tmpfs, device: tmpfs }
            labels: { v: l }
          kept: { name: kept-name }
          shared: { external: true, name: shared-name }
        configs:
          c1: { file: c1.txt }
          c2: { file: c1.txt, name: c2-name, labels: { k: v }, template_driver: golang }
        """;

    /// <summary>The files beside it.</summary>
    public static readonly Dictionary<string, string> Files = new()
    {
        ["web.env"] = "FROM_FILE=1\nB=0\n",
        ["c1.txt"] = "some text\n",
        ["s1.txt"] = "hidden\n",
    };
}
