using Compose.Files.Schema;

namespace Compose.Tests.Swarm.Specs;

/// <summary>Where each attribute of a service goes in its spec, or that it is warned about or refused.</summary>
public class SpecAttributeTests
{
    private const string Container = "TaskTemplate.ContainerSpec.";
    private const string Rest =
        "  b:\n    image: busybox\nnetworks: { n: {} }\n"
        + "volumes: { vol: { driver: d, driver_opts: { o: p }, labels: { l: m } } }\n"
        + "configs: { c: { content: text } }\nsecrets: { s: { environment: HIDDEN } }\n";

    /// <summary>An attribute, a value, the place in the spec and what is there.</summary>
    private static readonly (string Attribute, string Yaml, string Path, string Json)[] Places =
    [
        ("annotations", "{ a: b }", "", Warned),
        ("attach", "true", "", Warned),
        ("build", ".", "", Warned),
        ("blkio_config", "{ weight: 300 }", "", Warned),
        ("cap_add", "[net_admin, SYS_TIME]", Container + "CapabilityAdd", """["CAP_NET_ADMIN","CAP_SYS_TIME"]"""),
        ("cap_add", "[ALL, KILL]", Container + "CapabilityAdd", """["ALL"]"""),
        ("cap_drop", "[ALL]", Container + "CapabilityDrop", """["ALL"]"""),
        ("cgroup", "host", "", Warned),
        ("cgroup_parent", "m", "", Warned),
        ("command", "[a, b c]", Container + "Args", """["a","b c"]"""),
        ("configs", "[c]", Container + "Configs",
            """[{"ConfigName":"s_c_982d9e3e","File":{"Name":"c","UID":"0","GID":"0","Mode":292}}]"""),
        ("configs", "[{ source: c, target: /x, uid: '1', gid: '2', mode: 0400 }]", Container + "Configs",
            """[{"ConfigName":"s_c_982d9e3e","File":{"Name":"/x","UID":"1","GID":"2","Mode":256}}]"""),
        ("container_name", "here", "", Warned),
        ("cpu_count", "2", "", Warned),
        ("cpu_percent", "50", "", Warned),
        ("cpu_period", "1000", "", Warned),
        ("cpu_quota", "500", "", Warned),
        ("cpu_rt_period", "1400", "", Warned),
        ("cpu_rt_runtime", "400", "", Warned),
        ("cpu_shares", "5", "", Warned),
        ("cpus", "1.5", "TaskTemplate.Resources", """{"Limits":{"NanoCPUs":1500000000}}"""),
        ("cpuset", "'0'", "", Warned),
        ("credential_spec", "{ file: a.json }", Container + "Privileges.CredentialSpec", """{"File":"a.json"}"""),
        ("credential_spec", "{ config: c }", Container + "Privileges.CredentialSpec", """{"Config":"s_c_982d9e3e"}"""),
        ("credential_spec", "{ config: c }", Container + "Configs", """[{"ConfigName":"s_c_982d9e3e","Runtime":{}}]"""),
        ("depends_on", "[b]", "Name", "\"s_a\""),
        ("deploy", "{ labels: { d: e } }", "Labels",
            """{"com.docker.stack.image":"busybox","com.docker.stack.namespace":"s","d":"e"}"""),
        ("deploy", "{ replicas: 3 }", "Mode", """{"Replicated":{"Replicas":3}}"""),
        ("deploy", "{ mode: global }", "Mode", """{"Global":{}}"""),
        ("deploy", "{ mode: replicated-job, replicas: 3 }", "Mode",
            """{"ReplicatedJob":{"MaxConcurrent":3,"TotalCompletions":3}}"""),
        ("deploy", "{ mode: global-job }", "Mode", """{"GlobalJob":{}}"""),
        ("deploy", "{ mode: some }", "", Refused),
        ("deploy", "{ mode: global, replicas: 2 }", "", Refused),
        ("deploy", "{ mode: replicated-job, update_config: { parallelism: 2 } }", "", Refused),
        ("deploy", "{ endpoint_mode: dnsrr }", "EndpointSpec", """{"Mode":"dnsrr"}"""),
        ("deploy", "{ update_config: { delay: 1s } }", "UpdateConfig",
            """{"Parallelism":1,"Delay":1000000000,"MaxFailureRatio":0}"""),
        ("deploy", "{ rollback_config: { parallelism: 0, order: start-first } }", "RollbackConfig",
            """{"Parallelism":0,"MaxFailureRatio":0,"Order":"start-first"}"""),
        ("deploy", "{ restart_policy: { condition: none, delay: 1s, max_attempts: 2, window: 3s } }",
            "TaskTemplate.RestartPolicy",
            """{"Condition":"none","Delay":1000000000,"MaxAttempts":2,"Window":3000000000}"""),
        ("deploy", "{ placement: { constraints: [a==b], preferences: [{ spread: x }], max_replicas_per_node: 2 } }",
            "TaskTemplate.Placement", """{"Constraints":["a==b"],"Preferences":["x"],"MaxReplicas":2}"""),
        ("deploy", "{ resources: { limits: { cpus: '0.1', memory: 1k, pids: 3 } } }", "TaskTemplate.Resources.Limits",
            """{"NanoCPUs":100000000,"MemoryBytes":1024,"Pids":3}"""),
        ("deploy",
            "{ resources: { reservations: { cpus: '1', memory: 1k, "
                + "generic_resources: [{ discrete_resource_spec: { kind: g, value: 2 } }] } } }",
            "TaskTemplate.Resources.Reservations",
            """{"NanoCPUs":1000000000,"MemoryBytes":1024,"GenericResources":[{"Kind":"g","Value":2}]}"""),
        ("deploy", "{ resources: { reservations: { devices: [{ capabilities: [gpu] }] } } }", "", Warned),
        ("develop", "{ watch: [{ path: ., action: rebuild }] }", "", Warned),
        ("device_cgroup_rules", "['c 1:3 mr']", "", Warned),
        ("devices", "[/dev/null]", "", Warned),
        ("dns", "[8.8.8.8]", Container + "DNSConfig", """{"Nameservers":["8.8.8.8"]}"""),
        ("dns_opt", "[use-vc]", Container + "DNSConfig", """{"Options":["use-vc"]}"""),
        ("dns_search", "example.com", Container + "DNSConfig", """{"Search":["example.com"]}"""),
        ("domainname", "example.com", "", Warned),
        ("entrypoint", "[a, b]", Container + "Command", """["a","b"]"""),
        ("environment", "{ B: '2', A: '{{.Task.Slot}}', N: }", Container + "Env", """["A={{.Task.Slot}}","B=2","N"]"""),
        ("expose", "['9']", "", Warned),
        ("external_links", "['stranger:a']", "", Warned),
        ("extra_hosts", "['a=1.1.1.1', 'b=::1']", Container + "Hosts", """["1.1.1.1 a","::1 b"]"""),
        ("gpus", "all", "", Warned),
        ("group_add", "[mail, 5]", Container + "Groups", """["mail","5"]"""),
        ("healthcheck", "{ test: [CMD, a], interval: 1s, retries: 2 }", Container + "Healthcheck",
            """{"Test":["CMD","a"],"Interval":1000000000,"Retries":2}"""),
        ("healthcheck", "{ disable: true }", Container + "Healthcheck", """{"Test":["NONE"]}"""),
        ("hostname", "here", Container + "Hostname", "\"here\""),
        ("image", "docker.io/library/nginx", Container + "Image", "\"nginx:latest\""),
        ("image", "a/b@sha256:12", Container + "Image", "\"a/b@sha256:12\""),
        ("init", "true", Container + "Init", "true"),
        ("ipc", "host", "", Warned),
        ("isolation", "process", Container + "Isolation", "\"process\""),
        ("labels", "{ l: m }", Container + "Labels", """{"com.docker.stack.namespace":"s","l":"m"}"""),
        ("links", "[b]", "", Warned),
        ("logging", "{ driver: none, options: { a: b } }", "TaskTemplate.LogDriver", """{"Name":"none","Options":{"a":"b"}}"""),
        ("mac_address", "02:42:ac:11:65:43", "", Warned),
        ("mem_limit", "1k", "TaskTemplate.Resources", """{"Limits":{"MemoryBytes":1024}}"""),
        ("mem_reservation", "1k", "TaskTemplate.Resources", """{"Reservations":{"MemoryBytes":1024}}"""),
        ("mem_swappiness", "60", "", Warned),
        ("memswap_limit", "1m", "", Warned),
        ("network_mode", "host", "TaskTemplate.Networks", """[{"Target":"host"}]"""),
        ("network_mode", "service:b", "", Refused),
        ("network_mode", "none", "", Refused),
        ("networks", "{ n: { aliases: [x], driver_opts: { o: p } } }", "TaskTemplate.Networks",
            """[{"Name":"s_n","Aliases":["x","a"],"DriverOpts":{"o":"p"}}]"""),
        ("networks", "{ n: { ipv4_address: 10.0.0.5 } }", "", Warned),
        ("oom_kill_disable", "true", "", Warned),
        ("oom_score_adj", "-5", Container + "OomScoreAdj", "-5"),
        ("pid", "host", "", Warned),
        ("pids_limit", "5", "TaskTemplate.Resources", """{"Limits":{"Pids":5}}"""),
        ("platform", "linux/arm64/v8", "TaskTemplate.Placement", """{"Platforms":[{"Architecture":"arm64","OS":"linux"}]}"""),
        ("ports", "['8000-8001:80-81/udp']", "EndpointSpec.Ports",
            """[{"Protocol":"udp","TargetPort":80,"PublishedPort":8000,"PublishMode":"ingress"},"""
                + """{"Protocol":"udp","TargetPort":81,"PublishedPort":8001,"PublishMode":"ingress"}]"""),
        ("ports", "[{ target: 80, mode: host, name: w }]", "EndpointSpec.Ports",
            """[{"Name":"w","Protocol":"tcp","TargetPort":80,"PublishMode":"host"}]"""),
        ("ports", "['127.0.0.1:80:80']", "", Warned),
        ("post_start", "[{ command: a }]", "", Warned),
        ("pre_start", "[{ command: a }]", "", Warned),
        ("pre_stop", "[{ command: a }]", "", Warned),
        ("privileged", "true", "", Warned),
        ("provider", "{ type: t }", "", Refused),
        ("pull_policy", "always", "", Warned),
        ("read_only", "true", Container + "ReadOnly", "true"),
        ("restart", "on-failure:3", "TaskTemplate.RestartPolicy", """{"Condition":"on-failure","MaxAttempts":3}"""),
        ("restart", "unless-stopped", "TaskTemplate.RestartPolicy", """{"Condition":"any"}"""),
        ("restart", "'no'", "", Warned),
        ("runtime", "runsc", "", Warned),
        ("scale", "4", "Mode", """{"Replicated":{"Replicas":4}}"""),
        ("secrets", "[s]", Container + "Secrets", "any"),
        ("security_opt", "['no-new-privileges:true', 'apparmor=unconfined', 'seccomp=unconfined', 'label=level:x']",
            Container + "Privileges",
            """{"SELinuxContext":{"Disable":false,"Level":"x"},"Seccomp":{"Mode":"unconfined"}"""
                + ""","AppArmor":{"Mode":"disabled"},"NoNewPrivileges":true}"""),
        ("security_opt", "['systempaths=unconfined']", "", Warned),
        ("shm_size", "1m", "", Warned),
        ("stdin_open", "true", Container + "OpenStdin", "true"),
        ("stop_grace_period", "20s", Container + "StopGracePeriod", "20000000000"),
        ("stop_signal", "SIGINT", Container + "StopSignal", "\"SIGINT\""),
        ("storage_opt", "{ size: 1G }", "", Warned),
        ("sysctls", "{ a: 1 }", Container + "Sysctls", """{"a":"1"}"""),
        ("tmpfs", "/run:size=1k,mode=1777", Container + "Mounts",
            """[{"Type":"tmpfs","Target":"/run","TmpfsOptions":{"SizeBytes":1024,"Mode":1023}}]"""),
        ("tmpfs", "/run:noexec", "", Warned),
        ("tty", "true", Container + "TTY", "true"),
        ("ulimits", "{ z: 1, b: { soft: 1, hard: 2 } }", Container + "Ulimits",
            """[{"Name":"b","Soft":1,"Hard":2},{"Name":"z","Soft":1,"Hard":1}]"""),
        ("use_api_socket", "true", "", Warned),
        ("user", "'1:2'", Container + "User", "\"1:2\""),
        ("userns_mode", "host", "", Warned),
        ("uts", "host", "", Warned),
        ("volumes", "['vol:/d:ro']", Container + "Mounts",
            """[{"Type":"volume","Source":"s_vol","Target":"/d","ReadOnly":true,"VolumeOptions":"""
                + """{"Labels":{"com.docker.stack.namespace":"s","l":"m"}"""
                + ""","DriverConfig":{"Name":"d","Options":{"o":"p"}}}}]"""),
        ("volumes", "[/anonymous]", Container + "Mounts", """[{"Type":"volume","Target":"/anonymous"}]"""),
        ("volumes", "[{ type: volume, source: vol, target: /d, volume: { nocopy: true, subpath: x } }]", Container + "Mounts",
            """[{"Type":"volume","Source":"s_vol","Target":"/d","VolumeOptions":"""
                + """{"NoCopy":true,"Subpath":"x","Labels":{"com.docker.stack.namespace":"s","l":"m"}"""
                + ""","DriverConfig":{"Name":"d","Options":{"o":"p"}}}}]"""),
        ("volumes", "[{ type: bind, source: /etc, target: /e, bind: { propagation: rslave } }]", Container + "Mounts",
            """[{"Type":"bind","Source":"/etc","Target":"/e","BindOptions":{"Propagation":"rslave"}}]"""),
        ("volumes", "['/etc:/e']", "", Warned),
        ("volumes", "[{ type: volume, source: vol, target: /d, consistency: cached }]", "", Warned),
        ("volumes", "[{ type: image, source: i, target: /i }]", "", Refused),
        ("volumes_from", "[b]", "", Warned),
        ("working_dir", "/w", Container + "Dir", "\"/w\""),
    ];

    private const string Warned = "warned";
    private const string Refused = "refused";

    /// <summary>Carried out while the files are loaded, or never by anything.</summary>
    private static readonly string[] NotInSpecs =
        ["env_file", "extends", "label_file", "profiles", "models", "pull_refresh_after"];

    public static TheoryData<string, string, string, string> Rows
    {
        get
        {
            var rows = new TheoryData<string, string, string, string>();
            foreach (var (attribute, yaml, path, json) in Places)
                rows.Add(attribute, yaml, path, json);
            return rows;
        }
    }

    [Theory]
    [MemberData(nameof(Rows))]
    public void An_attribute_is_in_the_spec_or_told_of(string attribute, string yaml, string path, string json)
    {
        var image = attribute is "image" or "provider" ? "" : "    image: busybox\n";
        var stack = MadeStack.Of($"services:\n  a:\n{image}    {attribute}: {yaml}\n{Rest}");

        if (json == Refused)
            Assert.NotEmpty(stack.Refusals);
        else
            Assert.Empty(stack.Refusals);
        if (json == Warned)
            Assert.Matches($":3:|:4:", Assert.Single(stack.Warnings));
        else if (json != Refused && attribute != "volumes")
            Assert.Empty(stack.Warnings);
        if (json == "any")
            Assert.NotEqual("absent", MadeStack.At(stack.Services[0].Spec, path));
        else if (path.Length > 0)
            Assert.Equal(json, MadeStack.At(stack.Services[0].Spec, path));
    }

    [Fact]
    public void Every_attribute_of_a_service_has_a_row() => Assert.Equal(
        ServiceSection.Service.Attributes.Select(attribute => attribute.Name).OrderBy(name => name, StringComparer.Ordinal),
        Places.Select(place => place.Attribute).Concat(NotInSpecs).Distinct().OrderBy(name => name, StringComparer.Ordinal));

    [Fact]
    public void What_the_schema_says_of_a_Swarm_is_what_happens()
    {
        var contradictions =
            from attribute in ServiceSection.Service.Attributes
            where !NotInSpecs.Contains(attribute.Name)
            let rows = Places.Where(place => place.Attribute == attribute.Name).Select(place => place.Json).ToList()
            let isTrue = attribute.OnSwarm switch
            {
                SwarmSupport.Yes => rows.Exists(json => json is not (Warned or Refused)),
                SwarmSupport.Partly => rows.Exists(json => json is not (Warned or Refused)),
                SwarmSupport.Warned => rows.TrueForAll(json => json == Warned),
                _ => rows.TrueForAll(json => json == Refused),
            }
            where !isTrue
            select attribute.Name;

        Assert.Empty(contradictions);
    }
}
