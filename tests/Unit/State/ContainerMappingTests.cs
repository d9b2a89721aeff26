using Compose.Engine.Dto;
using Compose.State;
using Compose.State.Reading;

namespace Compose.Tests.State;

/// <summary>Values from list entries, on engines that give them only as text.</summary>
public class ContainerMappingTests
{
    [Theory]
    [InlineData("Up 5 minutes", "")]
    [InlineData("Up 5 minutes (healthy)", "healthy")]
    [InlineData("Up 2 seconds (health: starting)", "starting")]
    [InlineData("Up About an hour (unhealthy)", "unhealthy")]
    [InlineData("Up 3 minutes (Paused)", "")]
    public void Health_is_read_from_the_status(string status, string health) =>
        Assert.Equal(health, ContainerMapping.Health(status));

    [Theory]
    [InlineData("exited", "Exited (0) 2 hours ago", 0)]
    [InlineData("exited", "Exited (137) Less than a second ago", 137)]
    [InlineData("dead", "Dead", null)]
    [InlineData("running", "Up 5 minutes (healthy)", null)]
    public void The_exit_code_is_read_from_the_status(string state, string status, int? code) =>
        Assert.Equal(code, ContainerMapping.Observe(Summary(state, status)).ExitCode);

    [Fact]
    public void A_link_alias_is_not_the_name() =>
        Assert.Equal(
            "demo-db-1",
            ContainerMapping.Observe(Summary("running", "Up") with { Names = ["/demo-web-1/db", "/demo-db-1"] }).Name);

    [Theory]
    [InlineData("busybox", "busybox:latest")]
    [InlineData("docker.io/library/redis:7", "redis:7")]
    [InlineData("docker.io/acme/api", "acme/api:latest")]
    [InlineData("localhost:5000/api", "localhost:5000/api:latest")]
    [InlineData("localhost:5000/api:1", "localhost:5000/api:1")]
    [InlineData("redis:7@sha256:abc", "redis@sha256:abc")]
    public void An_image_goes_by_its_familiar_name(string reference, string familiar) =>
        Assert.Equal(familiar, ImageName.Familiar(reference));

    private static ContainerSummary Summary(string state, string status) =>
        new() { Id = new string('a', 64), Names = ["/x"], State = state, Status = status };
}
