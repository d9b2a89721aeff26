using Compose.Model.Graph;
using Compose.Tests.Support;

namespace Compose.Tests.Model;

/// <summary>A project as a diagram.</summary>
public class GraphTests
{
    private const string Yaml = """
        services:
          web-1:
            image: busybox
            scale: 2
            ports: ["127.0.0.1:8080:80"]
            depends_on:
              db: { condition: service_healthy, restart: true }
              cache: { condition: service_started, required: false }
            networks: [front, back]
          web_1:
            build: .
            network_mode: none
            depends_on: { seed: { condition: service_completed_successfully } }
          db:
            image: busybox
            volumes: [data:/data, "shared:/shared:ro", ./here:/there]
            networks: [back]
          cache: { image: busybox, networks: [back] }
          seed: { image: 'say"so#1', networks: [back] }
        networks:
          front: { external: true }
          back: {}
        volumes:
          data: {}
          shared: { external: true }
        """;

    [Fact]
    public void As_mermaid() => Assert.Equal("""
        flowchart LR
          service_web_1["web-1 ×2"]
          service_web_1_2["web_1"]
          service_db["db"]
          service_cache["cache"]
          service_seed["seed"]
          network_front(["front<br/>(external)"])
          network_back(["back"])
          volume_data[("data")]
          volume_shared[("shared<br/>(external)")]
          service_web_1 -->|"healthy, restart"| service_db
          service_web_1 -.-> service_cache
          service_web_1 -.- network_front
          service_web_1 -.- network_back
          service_web_1_2 -->|"completed"| service_seed
          service_db -.- network_back
          service_db ---|"/data"| volume_data
          service_db ---|"/shared (read only)"| volume_shared
          service_cache -.- network_back
          service_seed -.- network_back

        """.ReplaceLineEndings("\n"), MermaidText.Write(Graph(new GraphOptions())));

    [Fact]
    public void As_dot() => Assert.Equal("""
        digraph "p" {
          rankdir=LR;
          "service:web-1" [shape=box, label="web-1 ×2\nbusybox\n127.0.0.1:8080:80/tcp"];
          "service:web_1" [shape=box, label="web_1\n(built)"];
          "service:db" [shape=box, label="db\nbusybox"];
          "service:cache" [shape=box, label="cache\nbusybox"];
          "service:seed" [shape=box, label="seed\nsay\"so#1"];
          "volume:data" [shape=cylinder, label="data"];
          "volume:shared" [shape=cylinder, label="shared\n(external)", style=dashed];
          "service:web-1" -> "service:db" [label="healthy, restart"];
          "service:web-1" -> "service:cache" [style=dashed];
          "service:web_1" -> "service:seed" [label="completed"];
          "service:db" -> "volume:data" [label="/data", dir=none];
          "service:db" -> "volume:shared" [label="/shared (read only)", dir=none];
        }

        """.ReplaceLineEndings("\n"), DotText.Write(Graph(new GraphOptions(Networks: false, Images: true, Ports: true))));

    [Fact]
    public void What_would_be_markup_is_escaped() =>
        Assert.Contains(
            "service_seed[\"seed<br/>say#quot;so#35;1\"]",
            MermaidText.Write(Graph(new GraphOptions(Networks: false, Volumes: false, Images: true))));

    [Fact]
    public void Networks_and_volumes_can_be_left_out()
    {
        var graph = Graph(new GraphOptions(Networks: false, Volumes: false));

        Assert.All(graph.Nodes, node => Assert.Equal(GraphKind.Service, node.Kind));
        Assert.Equal(3, graph.Edges.Count);
    }

    private static ProjectGraph Graph(GraphOptions options)
    {
        var result = LoadedFiles.Load(Yaml);
        Assert.True(result.Project is not null, string.Join("\n", result.Diagnostics));
        return ProjectGraph.Of(result.Project!, options);
    }
}
