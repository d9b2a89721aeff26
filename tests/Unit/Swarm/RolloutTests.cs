using Compose.Engine.Dto;
using Compose.Swarm.Run;

namespace Compose.Tests.Swarm;

/// <summary>What one look at a service and its tasks says about its rollout.</summary>
public class RolloutTests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 8, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(null, "running running", "Running", "2 of 2 running")]
    [InlineData("completed", "running running", "Running", "2 of 2 running")]
    [InlineData("updating", "running running", "Working", "2 of 2 running")]
    [InlineData(null, "running preparing", "Working", "1 of 2 running")]
    [InlineData("paused", "running failed", "Failed", "its update is paused (as told)")]
    [InlineData("rollback_completed", "running running", "Failed", "its update failed and was rolled back")]
    [InlineData("rollback_paused", "running failed", "Failed", "its update failed, and so did the rollback (as told)")]
    public void An_update_and_the_states_of_tasks_say_how_far_it_is(string? update, string states, string state, string text)
    {
        var rollout = Rollout.Of(Service(update), [.. states.Split(' ').Select((one, index) => Task(index + 1, one))], []);

        Assert.Equal((state, text), (rollout.State.ToString(), rollout.Text));
    }

    [Fact]
    public void A_rollback_that_was_asked_for_is_no_failure() =>
        Assert.Equal(
            RolloutState.Running,
            Rollout.Of(Service("rollback_completed"), [Task(1, "running"), Task(2, "running")], [], isRollback: true).State);

    [Fact]
    public void Three_failures_of_one_replica_are_enough_and_those_before_the_rollout_do_not_count()
    {
        SwarmTask[] tasks =
        [
            Task(1, "failed", 1), Task(1, "failed", 2), Task(1, "failed", 3), Task(1, "preparing", 4), Task(2, "running"),
        ];

        var failed = Rollout.Of(Service(null), tasks, []);
        var working = Rollout.Of(Service(null), tasks, [tasks[0].Id]);

        Assert.Equal((RolloutState.Failed, tasks[2].Id), (failed.State, failed.Culprit!.Id));
        Assert.Equal(RolloutState.Working, working.State);
    }

    [Theory]
    [InlineData("none", "complete", "Failed")]
    [InlineData("none", "failed", "Failed")]
    [InlineData("on-failure", "complete", "Failed")]
    [InlineData("on-failure", "failed", "Working")]
    [InlineData("any", "complete", "Working")]
    public void A_task_that_ended_and_is_not_started_again_is_a_failure(string condition, string state, string wanted)
    {
        var service = Service(null, new SwarmRestartPolicy { Condition = condition });

        Assert.Equal(wanted, Rollout.Of(service, [Task(1, state), Task(2, "running")], []).State.ToString());
    }

    [Fact]
    public void A_task_that_waits_for_a_node_is_blocked()
    {
        var waiting = Task(1, "pending") with { Status = new() { State = "pending", Err = "no suitable node (1 node)" } };

        var rollout = Rollout.Of(Service(null), [waiting, Task(2, "running")], []);

        Assert.Equal((RolloutState.Working, true, waiting.Id), (rollout.State, rollout.Blocked, rollout.Culprit?.Id));
    }

    [Theory]
    [InlineData(1, "Completed")]
    [InlineData(0, "Working")]
    public void A_job_is_over_when_the_tasks_of_its_current_run_have_completed(long iteration, string state)
    {
        var job = Service(null) with
        {
            Spec = new() { Name = "p_web", Mode = new() { ReplicatedJob = new(2, 2) } },
            JobStatus = new(1, null),
        };
        var tasks = new[] { Task(0, "complete"), Task(0, "complete") }
            .Select(task => task with { JobIteration = iteration }).ToList();

        Assert.Equal(state, Rollout.Of(job, tasks, []).State.ToString());
    }

    [Theory]
    [InlineData("node.role == manager", null)]
    [InlineData("node.role != manager", "no node meets the constraint node.role != manager; 1 node is ready")]
    [InlineData("node.labels.disk == ssd", null)]
    [InlineData("node.labels.disk==hdd", "no node meets the constraint node.labels.disk==hdd; 1 node is ready")]
    [InlineData("engine.labels.gpu == yes", "no node meets the constraint engine.labels.gpu == yes; 1 node is ready")]
    [InlineData("node.hostname == vm", null)]
    public void A_constraint_that_leaves_no_node_is_named(string constraint, string? text)
    {
        var node = new SwarmNode
        {
            Id = "n1", Hostname = "vm", Role = "manager", State = "ready", Availability = "active",
            Labels = new Dictionary<string, string> { ["disk"] = "ssd" },
        };

        Assert.Equal(text, ConstraintCheck.Explain([constraint], [node]));
        Assert.Equal(
            "no node is ready and active: vm is ready, drain",
            ConstraintCheck.Explain([constraint], [node with { Availability = "drain" }]));
    }

    private static SwarmService Service(string? update, SwarmRestartPolicy? policy = null) => new()
    {
        Id = "s1",
        Spec = new()
        {
            Name = "p_web",
            Mode = new() { Replicated = new(2) },
            TaskTemplate = new() { RestartPolicy = policy },
        },
        UpdateStatus = update is null ? null : new() { State = update, Message = "as told" },
    };

    private static SwarmTask Task(long slot, string state, int number = 0) => new()
    {
        Id = $"t{slot}.{number}.{state}",
        ServiceId = "s1",
        Slot = slot,
        DesiredState = state is "failed" or "complete" ? "shutdown" : "running",
        Status = new() { State = state },
        CreatedAt = Start.AddSeconds(number),
    };
}
