using Compose.Files;
using Compose.Tests.Support;

namespace Compose.Tests.Model;

/// <summary>Contradictions between sections of a project, each with its id and place.</summary>
public class ConsistencyTests
{
    [Theory]
    [InlineData("services:\n  a: {}", "NoImageNorBuild", "a")]
    [InlineData("services:\n  a: {image: ''}", "NoImageNorBuild", "a")]
    [InlineData("services:\n  a: {build: {context: ., dockerfile: D, dockerfile_inline: FROM x}}", "DockerfileConflict",
        "dockerfile_inline")]
    [InlineData("services:\n  a: {build: {context: ., platforms: [linux/amd64]}, platform: linux/arm64}", "PlatformNotBuilt",
        "platform: linux/arm64")]
    [InlineData("services:\n  a: {build: {context: ., additional_contexts: {base: 'service:b'}}}", "UndefinedService", "base")]
    [InlineData("services:\n  a: {build: {context: ., additional_contexts: {base: 'service:b'}}}\n  b: {image: i}",
        "NotBuildable", "base")]
    [InlineData("services:\n  a: {image: i, network_mode: host, networks: [default]}", "NetworkModeConflict", "network_mode")]
    [InlineData("services:\n  a:\n    image: i\n    networks: [n]", "UndefinedNetwork", "n]")]
    [InlineData("services:\n  a:\n    image: i\n    volumes: ['/x', 'data:/d']", "UndefinedVolume", "'data:/d'")]
    [InlineData("services:\n  a: {image: i, secrets: [s]}", "UndefinedSecret", "s]")]
    [InlineData("services:\n  a: {build: {context: ., secrets: [s]}}", "UndefinedSecret", "s]")]
    [InlineData("services:\n  a: {image: i, configs: [c]}", "UndefinedConfig", "c]")]
    [InlineData("services:\n  a: {image: i, models: [m]}", "UndefinedModel", "m]")]
    [InlineData("services:\n  a:\n    image: i\n    depends_on: [b]", "UndefinedService", "b]")]
    [InlineData("services:\n  a:\n    image: i\n    network_mode: service:b", "UndefinedService", "service:b")]
    [InlineData("services:\n  a:\n    image: i\n    depends_on: [b]\n  b: {image: i, profiles: [p]}", "DisabledDependency", "b]")]
    [InlineData("services:\n  a:\n    image: i\n    depends_on: [a]", "DependencyCycle", "a]")]
    [InlineData("services:\n  a: {image: i, scale: 2, deploy: {replicas: 3}}", "ScaleConflict", "scale")]
    [InlineData("services:\n  a: {image: i, scale: -1}", "NegativeScale", "scale")]
    [InlineData("services:\n  a: {image: i, deploy: {replicas: -1}}", "NegativeScale", "replicas")]
    [InlineData("services:\n  a: {image: i, mem_limit: 1m, deploy: {resources: {limits: {memory: 2m}}}}", "ResourceConflict",
        "mem_limit")]
    [InlineData("services:\n  a: {image: i, cpus: 1, deploy: {resources: {limits: {memory: 2m}}}}", "ResourceConflict", "cpus")]
    [InlineData("services:\n  a: {image: i, mem_reservation: 1m, deploy: {resources: {reservations: {memory: 2m}}}}",
        "ResourceConflict", "mem_reservation")]
    [InlineData("services:\n  a: {image: i, pids_limit: 1, deploy: {resources: {limits: {pids: 2}}}}", "ResourceConflict",
        "pids_limit")]
    [InlineData("services:\n  a: {image: i, container_name: xx, deploy: {replicas: 2}}", "ContainerNameScaled", "container_name")]
    [InlineData("services:\n  a: {image: i, container_name: xx}\n  b: {image: i, container_name: xx} # again",
        "ContainerNameTwice", "container_name: xx} # again")]
    [InlineData("services:\n  a:\n    image: i\n    tmpfs: /y\n    volumes: ['/a:/x', {type: tmpfs, target: /y}]",
        "MountTargetTwice", "{type: tmpfs")]
    [InlineData("services:\n  a: {image: i, healthcheck: {test: [curl, x]}}", "InvalidHealthcheck", "test")]
    [InlineData("services:\n  a: {image: i, develop: {watch: [{path: ., action: sync}]}}", "NoWatchTarget", "watch")]
    [InlineData("services:\n  a: {image: i, pre_start: [{command: x, per_replica: true}]}", "HookPerReplica", "pre_start")]
    [InlineData("services:\n  a:\n    image: i\n    ports: ['nowhere:80:80']", "InvalidHostIP", "'nowhere:80:80'")]
    [InlineData("services:\n  a: {image: i, gpus: [{count: 1, device_ids: [x]}]}", "DeviceRequestConflict", "count")]
    [InlineData("services:\n  a: {image: i, volumes: [{type: bind, target: /x}]}", "MissingAttribute", "{type: bind")]
    [InlineData("services:\n  a: {image: i, secrets: [s]}\nsecrets:\n  s: {file: f, environment: E}", "ContentTwice",
        "environment")]
    [InlineData("services:\n  a: {image: i, configs: [s]}\nconfigs:\n  s: {name: n}", "NoContent", "s: {name")]
    [InlineData("services:\n  a: {image: i}\nvolumes:\n  v: {external: true, driver: local}", "ExternalWithSettings", "driver")]
    [InlineData("services:\n  a: {image: i}\nnetworks:\n  v: {external: {name: x}, name: z}", "ExternalConflict", "{name: x}")]
    [InlineData("services:\n  a: {image: i, security_opt: [x, x]}", "DuplicateItem", "x]")]
    [InlineData("services:\n  a: {image: i, ulimits: {nofile: {soft: 1}}}", "MissingAttribute", "{soft")]
    [InlineData("services:\n  a: {image: i, extra_hosts: [alone]}", "WrongType", "alone")]
    [InlineData("services:\n  a: {image: i, extends: {file: none.yaml, service: b}}", "ComposeFileNotFound", "none.yaml")]
    [InlineData("include: [none.yaml]\nservices:\n  a: {image: i}", "ComposeFileNotFound", "none.yaml")]
    [InlineData("services:\n  a: {image: i, env_file: none.env}", "EnvFileNotFound", "none.env")]
    public void A_contradiction_is_told_with_its_place(string text, string id, string place)
    {
        var errors = LoadedFiles.Load(text).Diagnostics.Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error)
            .ToList();

        var error = Assert.Single(errors);
        Assert.Equal(id, error.Id);
        Assert.Equal(text.Split('\n')[error.Line - 1], error.LineText);
        Assert.StartsWith(place, error.LineText!.Substring(error.Column - 1), StringComparison.Ordinal);
    }

    [Fact]
    public void Services_may_mount_what_others_mount() =>
        Assert.NotNull(
            LoadedFiles.Load(
                "services:\n  a: {image: i, volumes: ['/a:/x'], tmpfs: /y}\n"
                    + "  b: {image: i, volumes: [{type: tmpfs, target: /x}, {type: volume, target: /y}]}").Project);

    [Fact]
    public void An_optional_dependency_may_be_missing() =>
        Assert.NotNull(
            LoadedFiles.Load(
                "services:\n  a: {image: i, depends_on: {b: {condition: service_started, required: false}}}\n"
                    + "  b: {image: i, profiles: [p]}").Project);

    [Fact]
    public void A_cycle_is_spelled_out() =>
        Assert.Contains(
            "a -> b -> c -> a",
            LoadedFiles.Load(
                "services:\n  a: {image: i, depends_on: [b]}\n  b: {image: i, depends_on: [c]}\n"
                    + "  c: {image: i, depends_on: [a]}").Diagnostics[0].Message,
            StringComparison.Ordinal);

    [Fact]
    public void Every_fault_of_a_file_is_told_at_once() =>
        Assert.Equal(["UnknownAttribute", "WrongType", "UndefinedService", "UndefinedNetwork"],
            LoadedFiles.Load(
                "services:\n  a:\n    image: i\n    port: 1\n    tty: maybe\n    networks: [n]\n"
                    + "    depends_on: [b]").Diagnostics.Select(diagnostic => diagnostic.Id)
                    .OrderBy(id => Array.IndexOf(["UnknownAttribute", "WrongType", "UndefinedService", "UndefinedNetwork"], id)));

    [Theory]
    [InlineData("debgu", "No service has the profile 'debgu'. The profiles of the files: debug, tools.")]
    [InlineData("tool", "No service has the profile 'tool'. Did you mean 'tools'?")]
    [InlineData("*", null)]
    [InlineData("debug", null)]
    public void A_profile_that_no_service_has_is_a_warning(string profile, string? warning)
    {
        const string Yaml = "services:\n  a: {image: i, profiles: [debug]}\n  b: {image: i, profiles: [tools]}\n";

        var result = LoadedFiles.Load([Yaml], new Dictionary<string, string>(), request => request with { Profiles = [profile] });

        Assert.NotNull(result.Project);
        Assert.Equal(warning is null ? [] : [warning], result.Diagnostics.Select(diagnostic => diagnostic.Message));
        Assert.All(
            result.Diagnostics,
            diagnostic =>
                Assert.Equal(("UnknownProfile", Compose.Files.DiagnosticSeverity.Warning), (diagnostic.Id, diagnostic.Severity)));
    }
}
