using System.Text;
using Compose.Engine.Api;
using Compose.State;
using Compose.State.Reading;
using Compose.Tests.Engine.Api;

namespace Compose.Tests.State;

/// <summary>The state that is read from list answers as engines send them.</summary>
public sealed class StateReaderTests : IDisposable
{
    private const string NotFound = "HTTP/1.1 404 Not Found\r\nContent-Length: 21\r\n\r\n{\"message\":\"no such\"}";
    private readonly WrongEngine _engine = new() { Answer = new("gone", Encoding.ASCII.GetBytes(NotFound)) };

    public StateReaderTests()
    {
        foreach (var (path, json) in new[] {
            ("/containers/json", "[]"), ("/networks", "[]"), ("/volumes", "{\"Volumes\":null}"), ("/images/json", "[]")})
            _engine.ValidAnswers[path] = json;
    }

    public void Dispose() => _engine.Dispose();

    [Fact]
    public async Task A_container_is_read_whole()
    {
        _engine.ValidAnswers["/containers/json"] = $$"""
            [{
                "Id": "{{new string('a', 64)}}", "Names": ["/demo-web-1/db", "/demo-db-2"],
                "Image": "busybox", "ImageID": "sha256:1", "Command": "sleep 9",
                "Created": 1767830400, "State": "exited", "Status": "Exited (3) 2 hours ago",
                "HostConfig": {"NetworkMode": "demo_default"},
                "Ports": [
                    {"PrivatePort": 80, "Type": "tcp"},
                    {"IP": "0.0.0.0", "PrivatePort": 53, "PublicPort": 5353, "Type": "udp"}],
                "Labels": {{Labels("db", 2)}},
                "NetworkSettings": {"Networks": {"demo_default": {"NetworkID": "n1"}, "other": {} } },
                "Mounts": [
                    {"Type": "volume", "Name": "demo_data", "Destination": "/data"},
                    {"Type": "bind", "Source": "/src", "Destination": "/dst"}]
            }]
            """;

        var container = Assert.Single((await ObserveAsync()).Containers);

        Assert.Equal(
            ("demo-db-2", "db", 2, "exited", 3),
            (container.Name, container.Service, container.Number, container.State, container.ExitCode));
        Assert.Equal(
            (new DateTime(2026, 1, 8, 0, 0, 0, DateTimeKind.Utc), "demo_default"), (container.Created, container.NetworkMode));
        Assert.Equal(("busybox", "sha256:1", ""), (container.Image, container.ImageId, container.ImageManifest));
        Assert.Equal(
            ["5353->53/udp", "->80/tcp"],
            container.Ports.Select(port => $"{port.HostPort}->{port.ContainerPort}/{port.Protocol}"));
        Assert.Equal(["demo_default=n1", "other="], container.Networks.Select(pair => $"{pair.Key}={pair.Value}").Order());
        Assert.Equal(
            ["volume demo_data  /data", "bind  /src /dst"],
            container.Mounts.Select(mount => $"{mount.Type} {mount.Name} {mount.Source} {mount.Destination}"));
        Assert.True(container is { IsReplica: true, IsRunning: false, IsUp: false, Health: "" });
    }

    [Theory]
    [InlineData("running", true, true)]
    [InlineData("restarting", true, true)]
    [InlineData("paused", false, true)]
    [InlineData("created", false, false)]
    [InlineData("dead", false, false)]
    public async Task A_container_with_a_process_is_up(string state, bool isRunning, bool isUp)
    {
        _engine.ValidAnswers["/containers/json"] = $"[{Container("web", state)}]";

        var container = Assert.Single((await ObserveAsync()).Containers);
        Assert.Equal((isRunning, isUp), (container.IsRunning, container.IsUp));
    }

    [Fact]
    public async Task What_docker_compose_does_not_see_is_left_out_and_what_is_on_its_way_out_is_apart()
    {
        _engine.ValidAnswers["/containers/json"] = $$"""
            [
                {{Container("web", "running")}}, {{Container("gone", "removing")}},
                {"Id": "1", "Names": ["/no-hash"], "State": "running", "Labels": {"com.docker.compose.project": "demo"} },
                {"Id": "2", "Names": ["/no-labels"], "State": "running", "Labels": null},
                {"Id": "3", "Names": null, "State": "dead", "Labels": {{Labels("nameless", 1)}} },
                {"Id": "4", "Names": ["/hook"], "State": "exited", "Labels": {"com.docker.compose.hook": "pre_start"} }
            ]
            """;

        var state = await ObserveAsync();
        Assert.Equal(["demo-web-1", "hook"], state.Containers.Select(container => container.Name));
        Assert.Equal(["demo-gone-1"], state.Removing.Select(container => container.Name));
        Assert.False(state.Containers[1].IsReplica);
    }

    [Fact]
    public async Task Networks_volumes_and_images_are_read_whoever_they_are_of()
    {
        _engine.ValidAnswers["/networks"] =
            """
            [{"Id": "n1", "Name": "bridge", "Driver": "bridge", "Labels": null},
             {"Id": "n2", "Name": "demo_default", "Labels": {"a": "b"} }]
            """;
        _engine.ValidAnswers["/volumes"] = """{"Volumes": [{"Name": "v", "Driver": "local", "Labels": null}]}""";
        _engine.ValidAnswers["/images/json"] = """
            [{
                "Id": "sha256:1", "RepoTags": ["busybox:latest"], "RepoDigests": null, "Manifests": [
                    {"ID": "sha256:2", "Kind": "image", "Available": true,
                     "ImageData": {"Platform": {"os": "linux", "architecture": "arm64", "variant": "v8"} } },
                    {"ID": "sha256:3", "Kind": "image", "Available": false},
                    {"ID": "sha256:4", "Kind": "attestation", "Available": true}]
            }]
            """;

        var state = await ObserveAsync();
        Assert.Equal(
            ["n1 bridge ", "n2 demo_default b"],
            state.Networks.Select(network => $"{network.Id} {network.Name} {network.Label("a")}"));
        Assert.Equal("v", Assert.Single(state.Volumes).Name);
        Assert.Equal("sha256:1", state.Image("busybox")!.Id);
        Assert.Equal(
            "sha256:2 linux/arm64/v8",
            Assert.Single(state.Images[0].Manifests) is var manifest ? $"{manifest.Digest} {manifest.Platform}" : "");
    }

    [Fact]
    public async Task What_is_gone_when_it_is_asked_for_is_left_out()
    {
        _engine.ValidAnswers["/containers/here/json"] = """{"Id": "here", "Name": "/here"}""";
        _engine.ValidAnswers["/networks/n1"] = """{"Id": "n1", "Name": "one", "Containers": {"c": {"Name": "stranger"} } }""";
        _engine.ValidAnswers["/networks"] = """[{"Id": "n1", "Name": "one"}, {"Id": "n2", "Name": "two"}]""";

        using var client = await EngineClient.ConnectAsync(_engine.Endpoint, CancellationToken.None);
        var reader = new StateReader(client);
        var state = await reader.InspectAsync(
            await reader.ObserveAsync("demo", CancellationToken.None), ["here", "gone"], ["nobody/has/this"],
            CancellationToken.None);
        state = await reader.InspectNetworksAsync(state, ["n1", "n2"], CancellationToken.None);

        Assert.Equal(["here"], state.Inspected.Keys);
        Assert.Empty(state.InspectedImages);
        Assert.Equal([1, 0], state.Networks.Select(network => network.Resource?.Containers?.Count ?? 0));
    }

    [Fact]
    public async Task Containers_of_others_on_a_volume_are_strangers()
    {
        _engine.ValidAnswers["/volumes"] = """{"Volumes": [{"Name": "v"}, {"Name": "w"}]}""";
        _engine.ValidAnswers["/containers/json"] = $$"""[{{Container("web", "running")}}]""";
        using var client = await EngineClient.ConnectAsync(_engine.Endpoint, CancellationToken.None);
        var reader = new StateReader(client);
        var state = await reader.ObserveAsync("demo", CancellationToken.None);

        var mount = """[{"Type": "volume", "Name": "v", "Destination": "/v"}]""";
        _engine.ValidAnswers["/containers/json"] = $$"""
            [{{Container("web", "running")}},
             {"Id": "z", "Names": ["/z"], "Mounts": {{mount}} },
             {"Id": "b", "Names": ["/b"], "Mounts": {{mount}} }]
            """;
        state = await reader.ListVolumeUsersAsync(state, ["v"], CancellationToken.None);

        Assert.Equal(["b", "z"], state.Volumes[0].OtherUsers);
        Assert.Empty(state.Volumes[1].OtherUsers);
    }

    [Fact]
    public async Task Podman_is_asked_for_the_health_of_each_container_that_runs()
    {
        using var podman = new WrongEngine(isPodman: true) { Answer = _engine.Answer };
        podman.ValidAnswers[
            "/containers/json"] = $"[{Container("web", "running")},{Container("db", "running")},{Container("old", "exited")}]";
        podman.ValidAnswers["/containers/id-of-web/json"] =
            """{"Id": "id-of-web", "State": {"Health": {"Status": "starting"} } }""";
        using var client = await EngineClient.ConnectAsync(podman.Endpoint, CancellationToken.None);

        var state = await new StateReader(client).ObserveContainersAsync("demo", CancellationToken.None);
        Assert.Equal(
            ["web starting", "db ", "old "], state.Containers.Select(container => $"{container.Service} {container.Health}"));
    }

    [Fact]
    public async Task A_project_is_summed_up_from_its_containers()
    {
        _engine.ValidAnswers["/containers/json"] = $$"""
            [
                {{Container("web", "running")}}, {{Container("db", "exited")}}, {{Container("web", "running", 2)}},
                {{Container("web", "running", 3, ",\"com.docker.compose.oneoff\":\"True\"")}},
                {{Container("a", "running", 1, ",\"com.docker.compose.project\":\"alone\"")}}
            ]
            """;
        using var client = await EngineClient.ConnectAsync(_engine.Endpoint, CancellationToken.None);

        var projects = ResultReader.Projects(
            await new StateReader(client).ListAsync(null, true, CancellationToken.None), "unix:///e.sock");
        Assert.Equal(
            ["alone: Running 1 running(1)", "demo: Partial 3 exited(1), running(2)"],
            projects.Select(project => $"{project.ProjectName}: {project.State} {project.Containers} {project.Status}"));
        Assert.Equal(["db", "web"], projects[1].Services);
        Assert.Equal(["/srv/a.yaml", "/srv/b.yaml"], projects[1].ConfigFiles);
        Assert.Equal(("unix:///e.sock", "/srv"), (projects[1].EngineHost, projects[1].WorkingDirectory));
    }

    [Theory]
    [InlineData("", "Missing", "None", 0)]
    [InlineData("running", "Running", "None", 1)]
    [InlineData("running:healthy running:starting", "Running", "Starting", 2)]
    [InlineData("running:healthy running:unhealthy running:starting", "Running", "Unhealthy", 3)]
    [InlineData("running:healthy exited", "Partial", "Healthy", 1)]
    [InlineData("exited exited", "Exited", "None", 0)]
    [InlineData("paused exited", "Paused", "None", 0)]
    public void A_service_is_summed_up_from_its_replicas(string replicas, string state, string health, int running)
    {
        var containers = replicas.Split([' '], StringSplitOptions.RemoveEmptyEntries)
            .Select((replica, index) => new ObservedContainer
        {
            Id =
                $"{index}", Name =
                    $"demo-web-{index}", Service = "web", State = replica.Split(':')[0], Health = replica.Split(':')
                .ElementAtOrDefault(1)
                ?? "",
            Created = new DateTime(
                2026, 1, 1 + index, 0, 0, 0,
                DateTimeKind.Utc), Image = $"image:{index}", Ports = [new PublishedPort("", 8080, 80, "tcp")],
        }).ToList();

        var service = ResultReader.Service("unix:///e.sock", "demo", "web", containers);
        Assert.Equal((state, health, running, containers.Count), (service.State, service.Health, service.Running, service.Total));
        Assert.Equal(
            containers.Count == 0 ? ("", 0) : ($"image:{containers.Count - 1}", 1), (service.Image, service.Ports.Count));
    }

    private async Task<ObservedState> ObserveAsync()
    {
        using var client = await EngineClient.ConnectAsync(_engine.Endpoint, CancellationToken.None);
        return await new StateReader(client).ObserveAsync("demo", CancellationToken.None);
    }

    private static string Container(string service, string state, int number = 1, string more = "") => $$"""
        {"Id": "id-of-{{service}}{{(number > 1 ? number : "")}}", "Names": ["/demo-{{service}}-{{number}}"],
         "State": "{{state}}", "Status": "", "Labels": {{Labels(service, number, more)}} }
        """;

    private static string Labels(string service, int number, string more = "") => $$"""
        {
            "com.docker.compose.service": "{{service}}", "com.docker.compose.container-number": "{{number}}",
            "com.docker.compose.config-hash": "h",
            "com.docker.compose.project.config_files": "/srv/a.yaml,/srv/b.yaml", "com.docker.compose.project.working_dir": "/srv"
            {{(more.Contains("project\"") ? "" : ",\"com.docker.compose.project\": \"demo\"")}} {{more}}
        }
        """;
}
