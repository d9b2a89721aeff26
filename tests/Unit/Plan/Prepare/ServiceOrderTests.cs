using Compose.Model;
using Compose.Plan;
using Compose.Plan.Prepare;

namespace Compose.Tests.Plan.Prepare;

/// <summary>What a service shares with others.</summary>
public class ServiceOrderTests
{
    [Fact]
    public void A_service_shares_with_the_first_container_of_each_parent_that_has_one()
    {
        var service = new ServiceDefinition
        {
            Name = "web", Origin = default, NetworkMode = "service:db", Ipc = "shareable", Pid = "service:db",
            VolumesFrom = ["files:ro", "container:other:ro", "scaled-to-none", "db"], Links = ["linked"],
        };

        var parents = ServiceOrder.ParentContainers(
            service, name => name == "scaled-to-none" ? null : ContainerReference.Created(3, $"demo-{name}-1"));

        Assert.Equal(
            [("db", "demo-db-1"), ("files", "demo-files-1")],
            parents.Select(parent => (parent.Key, parent.Value.Name)).OrderBy(parent => parent.Key));
    }
}
