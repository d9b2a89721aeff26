namespace Compose.Tests.Model;

/// <summary>A project with every attribute that Debian's docker compose 2.26.1 supports, in all its forms.</summary>
internal static class EveryAttribute
{
    public const string Yaml = """
        services:
          a:
            image: busybox
            annotations: { x: y }
            attach: false
            blkio_config:
              weight: 300
              weight_device: [{ path: /dev/sda, weight: 400 }]
              device_read_bps: [{ path: /dev/sda, rate: 12mb }]
              device_write_iops: [{ path: /dev/sda, rate: 30 }]
            build: { context: ., dockerfile: D }
            cap_add: [ALL]
            cap_drop: [NET_ADMIN]
            cgroup: host
            cgroup_parent: m
            command: [sh, -c, "a && b"]
            configs: [{ source: c, target: /c, uid: "1", gid: "2", mode: 0440 }]
            cpu_count: 2
            cpu_percent: 50
            cpu_shares: 5
            cpu_period: 1000
            cpu_quota: 500
            cpu_rt_runtime: 400
            cpu_rt_period: 1400
            cpuset: "0,1"
            depends_on: { b: { condition: service_started, restart: true } }
            deploy:
              mode: replicated
              replicas: 2
              labels: { d: e }
              update_config:
                { parallelism: 3, delay: 10s, failure_action: continue, monitor: 60s, max_failure_ratio: 0.3, order: start-first }
              rollback_config: { parallelism: 3, delay: 10s }
              resources:
                limits: { cpus: "0.001", memory: 50M, pids: 7 }
                reservations:
                  cpus: "0.0001"
                  memory: 20M
                  generic_resources: [{ discrete_resource_spec: { kind: gpu, value: 2 } }]
                  devices: [{ driver: nvidia, capabilities: [gpu], count: 1 }]
              restart_policy: { condition: on-failure, delay: 5s, max_attempts: 3, window: 120s }
              placement: { constraints: [node=foo], max_replicas_per_node: 5, preferences: [{ spread: node.labels.az }] }
              endpoint_mode: dnsrr
            develop:
              watch: [{ path: ./d, action: sync, target: /d, ignore: [x/] }]
            device_cgroup_rules: ["c 1:3 mr"]
            devices: ["/dev/null:/dev/n", "/dev/zero", "/dev/full:/dev/full:r", "/dev/random:/dev/random"]
            dns: 8.8.8.8
            dns_opt: [use-vc]
            dns_search: [example.com]
            domainname: foo.com
            entrypoint: /x -p
            environment: { A: "1", B: }
            expose: ["3000", 8000]
            external_links: [redis_1]
            extra_hosts: ["a=1.1.1.1", "b:2.2.2.2", "c:::1"]
            group_add: [mail]
            healthcheck: { test: echo, interval: 10s, timeout: 1s, retries: 5, start_period: 15s, start_interval: 5s }
            hostname: foo
            init: true
            ipc: private
            isolation: default
            labels: { l: m, u: "" }
            logging: { driver: json-file, options: { max-size: 10m } }
            mac_address: 02:42:ac:11:65:43
            mem_reservation: 20M
            memswap_limit: 100M
            mem_swappiness: 60
            networks:
              n1:
                { aliases: [x], ipv4_address: 172.16.238.10, ipv6_address: "2001:3984:3989::10", link_local_ips: [169.254.8.8],
                  mac_address: 02:42:ac:11:65:44, priority: 3 }
              n2:
            oom_kill_disable: true
            oom_score_adj: -500
            pid: host
            platform: linux/amd64
            ports:
              ["3000", "3001-3003", "8000:8000", "127.0.0.1:5001:5001", "6060:6060/udp", { target: 80 },
               { target: 90, published: "8090", host_ip: 127.0.0.1, protocol: udp, mode: host, name: web, app_protocol: http }]
            privileged: true
            pull_policy: missing
            read_only: true
            restart: always
            runtime: runc
            secrets: [s, { source: s2, target: t, uid: "1", gid: "2", mode: 0440 }]
            security_opt: [label=level:s0]
            shm_size: 64m
            stdin_open: true
            stop_grace_period: 20s
            stop_signal: SIGUSR1
            storage_opt: { size: 1G }
            sysctls: { net.core.somaxconn: 1024 }
            tmpfs: [/run, /tmp]
            tty: true
            ulimits: { nproc: 65535, nofile: { soft: 20000, hard: 40000 } }
            user: "1000"
            userns_mode: host
            uts: host
            volumes:
              - /v1
              - ./v2:/v2
              - ./v2:/v3:ro,z
              - ./v2:/v2t/
              - vol:/v4/
              - { type: bind, source: ./l1, target: /l1 }
              - { type: bind, source: ./l1, target: /l2/, bind: {} }
              - { type: bind, source: ./l1, target: /l3, bind: { create_host_path: false } }
              - { type: bind, source: ./l1, target: /l4, bind: { create_host_path: true, propagation: rslave, selinux: z } }
              - { type: volume, source: vol, target: /l5, volume: { nocopy: true, subpath: q } }
              - { type: tmpfs, target: /l6, tmpfs: { size: 1m, mode: 01777 } }
            volumes_from: ["container:z", "b:ro"]
            working_dir: /w
          b:
            image: busybox
            network_mode: host
          profiled:
            image: busybox
            profiles: []
            depends_on: [b]
            post_start: [{ command: [a, b], user: root, privileged: true, working_dir: /w, environment: { X: "1" } }]
            pre_stop: [{ command: c }]
            gpus: all
            volumes: [{ type: bind, source: /r, target: /r, bind: { recursive: disabled } }]
          c:
            image: busybox
            deploy: { resources: { limits: { cpus: 1.5 } } }
            scale: 2
          d:
            image: busybox
            deploy: { resources: { limits: { cpus: "2", memory: 1g, pids: 5 } } }
            cpus: 2
            mem_limit: 1g
            pids_limit: 5
        networks: { n1: {ipam: {config: [{subnet: 172.16.238.0/24}]}}, n2: { } }
        volumes: { vol: { } }
        configs: { c: { file: ./x } }
        secrets: { s: { file: ./x }, s2: { file: ./x } }
        """;
}
