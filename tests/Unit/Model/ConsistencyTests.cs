using Compose.Files;
using Compose.Tests.Support;

namespace Compose.Tests.Model;

/// <summary>What the sections of a project must not say against one another: each with its id and place.</summary>
public class ConsistencyTests
{
    [Theory]
    [InlineData("services:\n  a: {}", "NoImageNorBuild", 2, 3)]
    [InlineData("services:\n  a: {build: {context: ., dockerfile: D, dockerfile_inline: FROM x}}", "DockerfileConflict", 2, 3)]
    [InlineData("services:\n  a: {image: i, network_mode: host, networks: [default]}", "NetworkModeConflict", 2, 3)]
    [InlineData("services:\n  a:\n    image: i\n    networks: [n]", "UndefinedNetwork", 2, 3)]
    [InlineData("services:\n  a:\n    image: i\n    volumes: ['/x', 'data:/d']", "UndefinedVolume", 4, 21)]
    [InlineData("services:\n  a: {image: i, secrets: [s]}", "UndefinedSecret", 2, 3)]
    [InlineData("services:\n  a: {image: i, configs: [c]}", "UndefinedConfig", 2, 3)]
    [InlineData("services:\n  a:\n    image: i\n    depends_on: [b]", "UndefinedService", 4, 18)]
    [InlineData("services:\n  a:\n    image: i\n    network_mode: service:b", "UndefinedService", 4, 19)]
    [InlineData("services:\n  a:\n    image: i\n    depends_on: [b]\n  b: {image: i, profiles: [p]}", "DisabledDependency", 4, 18)]
    [InlineData("services:\n  a:\n    image: i\n    depends_on: [a]", "DependencyCycle", 4, 18)]
    [InlineData("services:\n  a: {image: i, scale: 2, deploy: {replicas: 3}}", "ScaleConflict", 2, 3)]
    [InlineData("services:\n  a: {image: i, scale: -1}", "NegativeScale", 2, 3)]
    [InlineData("services:\n  a: {image: i, mem_limit: 1m, deploy: {resources: {limits: {memory: 2m}}}}", "ResourceConflict", 2, 3)]
    [InlineData("services:\n  a: {image: i, container_name: x, deploy: {replicas: 2}}", "ContainerNameScaled", 2, 3)]
    [InlineData("services:\n  a: {image: i, container_name: x}\n  b: {image: i, container_name: x}", "ContainerNameTwice", 3, 3)]
    [InlineData("services:\n  a:\n    image: i\n    volumes: ['/a:/x']\n    tmpfs: /y\n  b:\n    image: i\n    volumes: [{type: tmpfs, target: /x}, {type: volume, target: /y}]", null, 0, 0)]
    [InlineData("services:\n  a: {image: i, healthcheck: {test: [curl, x]}}", "InvalidHealthcheck", 2, 3)]
    [InlineData("services:\n  a:\n    image: i\n    ports: ['nowhere:80:80']", "InvalidHostIP", 4, 13)]
    [InlineData("services:\n  a: {image: i, secrets: [s]}\nsecrets:\n  s: {file: f, environment: E}", "NoContent", 4, 3)]
    [InlineData("services:\n  a: {image: i, volumes: ['v:/v']}\nvolumes:\n  v: {external: true, driver: local}", "ExternalWithSettings", 4, 3)]
    public void A_contradiction_is_told_with_its_place(string text, string? id, int line, int column)
    {
        var errors = LoadedFiles.Load(text).Diagnostics.Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error).ToList();

        if (id is null)
        {
            Assert.Empty(errors);
            return;
        }

        var error = Assert.Single(errors);
        Assert.Equal((id, line, column), (error.Id, error.Line, error.Column));
        Assert.Equal(text.Split('\n')[line - 1], error.LineText);
    }

    [Fact]
    public void An_optional_dependency_may_be_missing() =>
        Assert.NotNull(LoadedFiles.Load("services:\n  a: {image: i, depends_on: {b: {condition: service_started, required: false}}}\n  b: {image: i, profiles: [p]}").Project);

    [Fact]
    public void A_cycle_is_spelled_out() =>
        Assert.Contains("a -> b -> c -> a", LoadedFiles.Load("services:\n  a: {image: i, depends_on: [b]}\n  b: {image: i, depends_on: [c]}\n  c: {image: i, depends_on: [a]}").Diagnostics[0].Message, StringComparison.Ordinal);

    [Fact]
    public void Every_fault_of_a_file_is_told_at_once() =>
        Assert.Equal(["UnknownAttribute", "WrongType", "UndefinedService", "UndefinedNetwork"],
            LoadedFiles.Load("services:\n  a:\n    image: i\n    port: 1\n    tty: maybe\n    networks: [n]\n    depends_on: [b]").Diagnostics.Select(diagnostic => diagnostic.Id).OrderBy(id => Array.IndexOf(["UnknownAttribute", "WrongType", "UndefinedService", "UndefinedNetwork"], id)));
}
