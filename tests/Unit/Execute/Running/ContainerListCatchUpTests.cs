using Compose.Plan;
using Compose.Plan.Commands;
using Compose.Plan.Input;
using Compose.State;
using Compose.Tests.Support;

namespace Compose.Tests.Execute.Running;

/// <summary>A query right after a stop sees it, although the engine's list lags behind its answers to stops.</summary>
public class ContainerListCatchUpTests
{
    [EngineFact]
    public async Task Stops_and_starts_in_a_row_each_see_the_one_before()
    {
        await using var project = await EngineProject.CreateAsync("lag");
        await project.UpAsync(
            "services:\n  web:\n    image: busybox\n    command: sleep 600\n    stop_signal: SIGKILL\n    scale: 8\n");
        var request = new LifecycleRequest { ProjectName = project.Name };
        for (var turn = 0; turn < 5; turn++)
        {
            Assert.Equal(8, (await RunAsync(project, LifecyclePlanner.Stop, request)).Actions.Count);
            Assert.All(await project.ContainersAsync(), container => Assert.Equal("Exited", container.State));
            Assert.Equal(8, (await RunAsync(project, StartPlanner.Plan, request)).Actions.Count);
        }
    }

    private static async Task<Compose.Execute.ExecutionReport> RunAsync(
        EngineProject project, Func<ObservedState, LifecycleRequest, ComposePlan> planner, LifecycleRequest request) =>
        await project.RunAsync(await project.Session.Plans.LifecycleAsync(planner, request, default));
}
