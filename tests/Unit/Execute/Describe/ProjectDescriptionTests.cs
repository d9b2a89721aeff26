using Compose.Engine.Dto;
using Compose.Execute.Describe;
using Compose.Files;
using Compose.Model;
using Compose.Model.Loading;
using Compose.State;

namespace Compose.Tests.Execute.Describe;

/// <summary>Compose files that are written from inspect, and what they contain when they are loaded again.</summary>
public sealed class ProjectDescriptionTests : IDisposable
{
    private const string Hex = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("describe");

    [Fact]
    public void What_the_image_gives_is_not_said_again()
    {
        var given = new ContainerConfig
        {
            Cmd = ["serve"], Entrypoint = ["/run"], Env = [
                "PATH=/bin", "A=1"], User = "app", WorkingDir = "/app", StopSignal = "SIGQUIT", Labels = Map("a", "b"),
            Healthcheck = new HealthConfig
            {
                Test = ["CMD", "check"],
                Interval = 1_000_000_000,
            }, ExposedPorts = new Dictionary<string, EmptyObject> { ["80/tcp"] = EmptyObject.Value },
            Volumes = new Dictionary<string, EmptyObject> { ["/data"] = EmptyObject.Value },
        };
        var container = One("web", given with { Env = ["PATH=/bin", "A=1"] }) with
        {
            Mounts = [new MountPoint { Type = "volume", Name = Hex, Destination = "/data", RW = true }],
        };

        var text = Text([new DescribedContainer(container, given, "app:1")]);

        Assert.Equal("services:\n  web:\n    image: app:1\n    container_name: web\n    network_mode: bridge\n", text);
    }

    [Theory]
    [InlineData("", "sleep 1", null, "sleep 1")]
    [InlineData("", "", "", null)]
    [InlineData("sh", "", "sh", null)]
    [InlineData("sh", "serve", "sh", "serve")]
    [InlineData("/run", "", null, "")]
    [InlineData("/run", "serve", null, null)]
    public void A_command_is_said_where_it_is_not_the_images(
        string entrypoint, string command, string? saidEntrypoint, string? saidCommand)
    {
        var image = new ContainerConfig { Entrypoint = ["/run"], Cmd = ["serve"] };
        var config = new ContainerConfig
        {
            Entrypoint = List(entrypoint == "" && command != "" && saidEntrypoint is null ? "/run" : entrypoint),
            Cmd = List(command),
        };

        var service = Load([new DescribedContainer(One("web", config), image, "i")]).Services["web"];

        Assert.Equal(saidEntrypoint, service.Entrypoint is null ? null : string.Join(" ", service.Entrypoint));
        Assert.Equal(saidCommand, service.Command is null ? null : string.Join(" ", service.Command));
    }

    [Fact]
    public void Values_survive_the_files_own_signs()
    {
        string[] values = [
            "$HOME", "$$", "${A:-b}", "a: b", "# no", "yes", "1.50", "", " spaces ", "two\nlines\n", "tab\t", "\"quoted\"", "'",
            "null", "é"];
        var config = new ContainerConfig { Env = [.. values.Select((value, index) => $"V{index}={value}")], Cmd = values };

        var service = Load([new DescribedContainer(One("web", config), null, "i")]).Services["web"];

        Assert.Equal(values, values.Select((_, index) => service.Environment[$"V{index}"]));
        Assert.Equal(values, service.Command);
    }

    [Fact]
    public void What_belongs_to_the_project_is_defined_and_anything_else_is_external()
    {
        var labels = Map(ComposeLabels.Project, "shop", ComposeLabels.Service, "web", ComposeLabels.ContainerNumber, "1");
        var container = One("shop-web-1", new ContainerConfig { Labels = labels }) with
        {
            HostConfig = new HostConfig { NetworkMode = "shop_back", Binds = ["shop_data:/data:rw", "other:/other:ro"] },
            NetworkSettings = new SummaryNetworks(new Dictionary<string, EndpointSettings>
            {
                ["shop_back"] = new()
                {
                    Aliases = ["shop-web-1", "web", Hex.Substring(0, 12), "store"],
                    IPAMConfig = new EndpointIpamConfig { IPv4Address = "10.1.0.9" },
                },
                ["elsewhere"] = new(),
            }),
        };
        NetworkResource[] networks =
        [
            new()
            {
                Name = "shop_back",
                Driver = "bridge",
                Internal = true,
                Labels = Map(ComposeLabels.Project, "shop", ComposeLabels.Network, "back", "a", "b"),
                IPAM = new Ipam { Config = [new IpamPool { Subnet = "10.1.0.0/24", Gateway = "10.1.0.1" }] },
            },
            new() { Name = "elsewhere", Driver = "bridge" },
        ];
        VolumeResource[] volumes = [
            new()
            {
                Name = "shop_data",
                Driver = "local",
                Options = Map("type", "tmpfs"),
                Labels = Map(ComposeLabels.Project, "shop", ComposeLabels.Volume, "data"),
            },
            new() { Name = "other", Driver = "local" }];

        var project = Load([new DescribedContainer(container, null, "i")], networks, volumes);
        Assert.Contains("- data:/data\n", Text([new DescribedContainer(container, null, "i")], networks, volumes));

        Assert.Equal("shop", project.Name);
        var service = project.Services["web"];
        Assert.Null(service.ContainerName);
        Assert.Equal((1, "10.1.0.9"), (service.Networks["back"]!.Priority, service.Networks["back"]!.IPv4Address));
        Assert.Equal(["store"], service.Networks["back"]!.Aliases);
        var back = project.Networks["back"];
        Assert.Equal((true, "b", "10.1.0.0/24"), (back.Internal, back.Labels["a"], back.Ipam!.Config[0].Subnet));
        Assert.True(project.Networks["elsewhere"].External);
        Assert.Equal((false, "tmpfs"), (project.Volumes["data"].External, project.Volumes["data"].DriverOptions["type"]));
        Assert.True(project.Volumes["other"].External);
        Assert.Equal(
            [("data", "/data", false), ("other", "/other", true)],
            service.Volumes.Select(mount => (mount.Source, mount.Target, mount.ReadOnly)));
    }

    [Fact]
    public void Containers_of_one_another_go_by_their_services()
    {
        var first = One("first", new ContainerConfig());
        var second = One("second", new ContainerConfig()) with
        {
            Id = "ff" + Hex.Substring(2),
            HostConfig = new HostConfig
            {
                NetworkMode = "container:" + Hex,
                PidMode = "container:" + Hex,
                VolumesFrom = ["first:ro", "stranger"],
            },
        };

        var service = Load(
            [new DescribedContainer(first, null, "i"), new DescribedContainer(second, null, "i")]).Services["second"];

        Assert.Equal(("service:first", "service:first"), (service.NetworkMode, service.Pid));
        Assert.Equal(["first:ro", "container:stranger"], service.VolumesFrom);
    }

    [Fact]
    public void What_the_engine_adds_by_itself_is_left_away()
    {
        var host = new HostConfig
        {
            NetworkMode =
                "default", IpcMode =
                    "private", CgroupnsMode =
                        "private", Runtime =
                            "runc", ShmSize = 64 * 1024 * 1024, MemorySwappiness = -1, Memory = 1000, MemorySwap = 2000,
            LogConfig = new LogConfig(
                "json-file",
                new Dictionary<string, string>()), RestartPolicy = new RestartPolicy("no", 0), PidsLimit = 0, MaskedPaths = [
                    "/proc/acpi"], Isolation = "", OomKillDisable = false, Privileged = false,
        };

        var text = Text([new DescribedContainer(One("web", new ContainerConfig()) with { HostConfig = host }, null, "i")]);

        Assert.Equal(
            "services:\n  web:\n    image: i\n    container_name: web\n    network_mode: bridge\n    mem_limit: 1000\n", text);
    }

    [Fact]
    public void Rare_settings_are_read_again_as_they_were()
    {
        var host = new HostConfig
        {
            NetworkMode = "default", BlkioWeight = 300, BlkioDeviceReadBps = [
                new ThrottleDevice("/dev/sda", 1000)], MaskedPaths = [], ReadonlyPaths = [], SecurityOpt = ["seccomp=unconfined"],
            DeviceRequests = [
                new DeviceRequest { Driver = "nvidia", Count = -1, Capabilities = [["gpu"]], Options = Map("a", "b") }], Mounts =
                    [new Mount
                    {
                        Type = "volume",
                        Target = "/v",
                        Source = "data",
                        VolumeOptions = new MountVolumeOptions { NoCopy = true, Subpath = "x" },
                    }],
            RestartPolicy = new RestartPolicy("on-failure", 5), Init = false,
        };

        var service = Load(
            [new DescribedContainer(One("web", new ContainerConfig()) with { HostConfig = host }, null, "i")]).Services["web"];

        Assert.Equal(
            (300, "/dev/sda", 1000),
            (service.Blkio!.Weight, service.Blkio.DeviceReadBps[0].Path, service.Blkio.DeviceReadBps[0].Rate));
        Assert.Equal(["seccomp=unconfined", "systempaths=unconfined"], service.SecurityOptions);
        Assert.Equal((true, "x"), (service.Volumes[0].Volume!.NoCopy, service.Volumes[0].Volume!.Subpath));
        Assert.Equal(("on-failure:5", false), (service.Restart, service.Init));
    }

    [Fact]
    public void All_exposed_ports_that_are_published_are_ports()
    {
        var config = new ContainerConfig
        {
            ExposedPorts = new Dictionary<string, EmptyObject> { ["80/tcp"] = EmptyObject.Value, ["90/udp"] = EmptyObject.Value },
        };
        var host = new HostConfig
        {
            NetworkMode = "default",
            PublishAllPorts = true,
            PortBindings = new Dictionary<string, IReadOnlyList<PortBinding>>
            {
                ["80/tcp"] = [new PortBinding { HostPort = "8080" }],
            },
        };

        var service = Load([new DescribedContainer(One("web", config) with { HostConfig = host }, null, "i")]).Services["web"];

        Assert.Equal(
            [(80, "8080", "tcp"), (90, null, "udp")],
            service.Ports.Select(port => ((int)port.Target, port.Published, port.Protocol)));
        Assert.Empty(service.Expose);
    }

    [Fact]
    public void Links_are_to_services_that_are_in_the_file_and_external_otherwise()
    {
        var other = One("db", new ContainerConfig()) with
        {
            Id = "ff" + Hex.Substring(2),
            HostConfig = new HostConfig { NetworkMode = "net" },
        };
        var linked = One("web", new ContainerConfig()) with
        {
            HostConfig = new HostConfig { NetworkMode = "net" },
            NetworkSettings = new SummaryNetworks(
                new Dictionary<string, EndpointSettings> { ["net"] = new() { Links = ["db:db", "db:store", "far:away"] } }),
        };

        var service = Load([new DescribedContainer(linked, null, "i"), new DescribedContainer(other, null, "i")]).Services["web"];

        Assert.Equal(["db:store"], service.Links);
        Assert.Equal(["far:away"], service.ExternalLinks);
    }

    [Theory]
    [InlineData("host", "host", null)]
    [InlineData("private", "host", "private")]
    [InlineData("host", "private", "host")]
    [InlineData("host", null, null)]
    public void The_namespace_of_control_groups_is_said_where_it_is_not_the_engines(string mode, string? standard, string? said)
    {
        var container = One("web", new ContainerConfig()) with
        {
            HostConfig = new HostConfig { NetworkMode = "default", CgroupnsMode = mode },
        };

        Assert.Equal(
            said, Load([new DescribedContainer(container, null, "i") { DefaultCgroup = standard }]).Services["web"].Cgroup);
    }

    [Fact]
    public void Volumes_that_come_from_another_container_are_not_its_own()
    {
        var config = new ContainerConfig
        {
            MacAddress = "02:42:ac:11:65:43",
            Volumes = new Dictionary<string, EmptyObject> { ["/own"] = EmptyObject.Value },
        };
        var container = One("web", config) with
        {
            HostConfig = new HostConfig
            {
                NetworkMode = "default",
                IpcMode = "shareable",
                VolumesFrom = ["other:ro"],
                AutoRemove = true,
                CpusetMems = "0",
                Mounts = [
                    new Mount
                    {
                        Type = "bind",
                        Source = "/x",
                        Target = "/y",
                        BindOptions = new MountBindOptions { NonRecursive = true },
                    }],
            },
            Mounts = [
                new MountPoint { Type = "volume", Name = Hex, Destination = "/theirs" },
                new MountPoint { Type = "volume", Name = Hex, Destination = "/own", RW = true }],
        };
        var described = new DescribedContainer(container, null, "i");

        var service = Load([described]).Services["web"];

        Assert.Equal(["/y", "/own"], service.Volumes.Select(mount => mount.Target));
        Assert.Equal("disabled", service.Volumes[0].Bind!.Recursive);
        Assert.Equal(("shareable", "02:42:ac:11:65:43"), (service.Ipc, service.MacAddress));
        Assert.Equal(["--rm", "--cpuset-mems 0"], described.UnsupportedSettings);
    }

    private static ContainerInspect One(string name, ContainerConfig config) => new()
    {
        Id = Hex, Name = "/" + name, Config = config with
        {
            Image = "i",
            Hostname = Hex.Substring(0, 12),
        }, HostConfig = new HostConfig { NetworkMode = "default" },
    };

    private static string Text(
        IReadOnlyList<DescribedContainer> containers, IReadOnlyList<NetworkResource>? networks = null,
        IReadOnlyList<VolumeResource>? volumes = null) =>
        ProjectDescription.Yaml(ProjectDescription.Of(null, containers, networks ?? [], volumes ?? []));

    private ComposeProject Load(
        IReadOnlyList<DescribedContainer> containers, IReadOnlyList<NetworkResource>? networks = null,
        IReadOnlyList<VolumeResource>? volumes = null)
    {
        var text = Text(containers, networks, volumes);
        File.WriteAllText(Path.Combine(_folder.FullName, "compose.yaml"), text);
        var result = ProjectLoader.Load(
            new LoadRequest { WorkingDirectory = _folder.FullName, Environment = new Dictionary<string, string>() });
        Assert.True(result.Project is not null, text + string.Join("\n", result.Diagnostics));
        return result.Project!;
    }

    private static Dictionary<string, string> Map(params string[] pairs)
    {
        var map = new Dictionary<string, string>();
        for (var index = 0; index < pairs.Length; index += 2)
            map[pairs[index]] = pairs[index + 1];
        return map;
    }

    private static string[] List(string words) => words.Split(' ', StringSplitOptions.RemoveEmptyEntries);

    public void Dispose() => _folder.Delete(true);
}
