using Compose.Plan;
using Compose.Plan.Input;

namespace Compose.Tests.Plan.Prepare;

public class PodmanOrderTests
{
    private const string Shared =
        "services:\n  a: {image: busybox}\n  b: {image: busybox, network_mode: 'service:a', depends_on: [a]}\n";

    [Fact]
    public void On_Podman_a_container_is_removed_after_those_in_its_namespaces()
    {
        var plan = Recreated(isPodman: true);

        var removals = plan.Actions.OfType<RemoveContainer>().ToDictionary(removal => removal.Service);
        Assert.Contains(removals["a"].After, edge => edge.Id == removals["b"].Id);
    }

    [Fact]
    public void On_Docker_it_is_not_held_up()
    {
        var removals = Recreated(isPodman: false).Actions.OfType<RemoveContainer>().ToDictionary(removal => removal.Service);

        Assert.DoesNotContain(removals["a"].After, edge => edge.Id == removals["b"].Id);
    }

    [Fact]
    public void Down_removes_them_in_that_order_too()
    {
        var removals = new Situation(Shared) { IsPodman = true }.Running()
            .Down().Actions.OfType<RemoveContainer>()
            .ToDictionary(removal => removal.Service);

        Assert.Contains(removals["a"].After, edge => edge.Id == removals["b"].Id);
    }

    private static ComposePlan Recreated(bool isPodman) =>
        new Situation(Shared) { IsPodman = isPodman }.Running().Up(new UpOptions { ForceRecreate = true });
}
