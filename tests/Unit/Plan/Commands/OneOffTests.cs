using Compose.Model;
using Compose.Plan;
using Compose.Plan.Input;
using Compose.Plan.Requests;
using Compose.Plan.Up;
using Compose.State;

namespace Compose.Tests.Plan.Commands;

/// <summary>What a one-off container takes from its service, and what is its own.</summary>
public class OneOffTests
{
    private const string Web = """
        services:
          web:
            image: busybox
            command: [serve]
            entrypoint: [start]
            user: app
            working_dir: /app
            environment: { A: file, B: file }
            labels: { kept: "1", changed: "1" }
            ports: ["8080:80"]
            volumes: ["data:/data", "logs:/logs"]
            cap_add: [NET_ADMIN, SYS_TIME]
            cap_drop: [MKNOD]
            restart: always
            scale: 3
            tty: true
            stdin_open: true
            deploy: { restart_policy: { condition: any } }
            networks: { default: { aliases: [www] } }
        volumes: { data: , logs: }
        """;

    private static readonly OneOff Plain = new() { Service = "web", Slug = "0123456789ab" + new string('f', 52) };

    [Fact]
    public void Takes_the_service_without_what_makes_it_one()
    {
        var service = Applied(Plain);

        Assert.Equal("demo-web-run-0123456789ab", service.ContainerName);
        Assert.Equal(["serve"], service.Command!);
        Assert.Equal(["start"], service.Entrypoint!);
        Assert.Equal(("app", "/app"), (service.User, service.WorkingDir));
        Assert.Equal((1, null, null), (service.Replicas, service.Restart, service.Deploy!.RestartPolicy));
        Assert.Empty(service.Ports);
        Assert.False(service.Tty || service.StdinOpen);
        Assert.Equal(2, service.Volumes.Count);
    }

    [Fact]
    public void An_entrypoint_drops_the_command()
    {
        Assert.Empty(Applied(Plain with { Entrypoint = ["sh"] }).Command!);
        Assert.Equal(["-c", "true"], Applied(Plain with { Entrypoint = ["sh"], Command = ["-c", "true"] }).Command!);
    }

    [Fact]
    public void Variables_and_labels_go_over_the_services()
    {
        var service = Applied(Plain with
        {
            Environment = new Dictionary<string, string?> { ["B"] = "line", ["C"] = null },
            Labels = new Dictionary<string, string> { ["changed"] = "2" },
        });

        Assert.Equal(("file", "line"), (service.Environment["A"], service.Environment["B"]));
        Assert.DoesNotContain("C", service.Environment.Keys);
        Assert.Equal(("1", "2"), (service.Labels["kept"], service.Labels["changed"]));
    }

    [Fact]
    public void Capabilities_are_added_where_dropped_and_dropped_where_added()
    {
        var service = Applied(Plain with { CapAdd = ["MKNOD"], CapDrop = ["SYS_TIME"] });

        Assert.Equal(["NET_ADMIN", "MKNOD"], service.CapAdd);
        Assert.Equal(["SYS_TIME"], service.CapDrop);
    }

    [Fact]
    public void A_mount_takes_the_place_of_the_services_at_its_target()
    {
        var service = Applied(Plain with { Volumes = [new MountDefinition { Type = "bind", Source = "/x", Target = "/data" }] });

        Assert.Equal(["/logs", "/data"], service.Volumes.Select(mount => mount.Target));
        Assert.Equal("/x", service.Volumes[1].Source);
    }

    [Theory]
    [InlineData("2.26.1", "1")]
    [InlineData("2.30.0", null)]
    [InlineData("5.5.0", null)]
    public void Labels_tell_a_one_off(string release, string? number)
    {
        var labels = Request(Plain, release).Labels!;

        Assert.Equal("True", labels[ComposeLabels.OneOff]);
        Assert.Equal(Plain.Slug, labels[ComposeLabels.Slug]);
        Assert.Equal(number, labels.TryGetValue(ComposeLabels.ContainerNumber, out var value) ? value : null);
    }

    [Fact]
    public void It_answers_to_its_own_name_alone_unless_asked()
    {
        Assert.Equal(["demo-web-run-0123456789ab"], Aliases(Plain));
        Assert.Equal(["demo-web-run-0123456789ab", "web", "www"], Aliases(Plain with { UseAliases = true }));

        static IReadOnlyList<string> Aliases(OneOff oneOff) =>
            Request(oneOff).NetworkingConfig!.EndpointsConfig["demo_default"].Aliases!;
    }

    [Fact]
    public void Input_is_open_once()
    {
        var (closed, open) = (Request(Plain), Request(Plain with { TakesInput = true }));

        Assert.Equal((null, null, null), (closed.OpenStdin, closed.AttachStdin, closed.StdinOnce));
        Assert.Equal((true, true, true), (open.OpenStdin, open.AttachStdin, open.StdinOnce));
    }

    private static ServiceDefinition Applied(OneOff oneOff) => oneOff.Apply(Situation.Load(Web)).Services["web"];

    private static Compose.Engine.Dto.CreateContainerRequest Request(OneOff oneOff, string release = "5.0.0")
    {
        var project = oneOff.Apply(Situation.Load(Web));
        var context = new PlanContext(
            project, new Situation(Web).Images("busybox").State,
            new UpOptions { Services = ["web"], OneOff = oneOff, Release = release }, Answers.None,
            Compose.Execute.Running.Hashing.Rules);
        var create = UpPlanner.Converge(context).Actions.OfType<CreateContainer>().Single();
        return RequestBinder.Bind(create.Blueprint, new BindingResults(new Dictionary<int, string>()));
    }
}
