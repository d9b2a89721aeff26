using System.Globalization;
using Compose.Engine.Dto;
using Compose.Swarm.Observe;

namespace Compose.Swarm.Run;

/// <summary>How far the tasks of a service are.</summary>
internal enum RolloutState
{
    /// <summary>Tasks are still being replaced or started.</summary>
    Working,

    /// <summary>The update is over, or there was none, and all tasks run.</summary>
    Running,

    /// <summary>All tasks of a job have completed.</summary>
    Completed,

    /// <summary>The service does not get there by itself.</summary>
    Failed,
}

/// <summary>The progress of a rollout, as one look at the service and its tasks shows it.</summary>
/// <param name="State">How far it is.</param>
/// <param name="Text">The progress as it is shown, or why it failed.</param>
/// <param name="Culprit">The task that shows why, if one does.</param>
/// <param name="Blocked">Whether a task waits for a node, so that it may wait for ever.</param>
internal sealed record Rollout(RolloutState State, string Text, SwarmTask? Culprit = null, bool Blocked = false)
{
    /// <summary>How often a replica may fail before its service counts as failed.</summary>
    private const int MaxFailures = 3;

    /// <param name="service">The service.</param>
    /// <param name="tasks">Its tasks.</param>
    /// <param name="earlier">The ids of the tasks that had ended before the rollout began.</param>
    /// <param name="isRollback">Whether a rollback was asked for, which is then no failure.</param>
    public static Rollout Of(
        SwarmService service, IReadOnlyList<SwarmTask> tasks, IReadOnlyCollection<string> earlier, bool isRollback = false)
    {
        var recent = tasks.Where(task => !earlier.Contains(task.Id)).ToList();
        var status = service.UpdateStatus;
        switch (status?.State)
        {
            case "paused" or "rollback_paused":
                return new(RolloutState.Failed, Said(status), LastFailed(recent));
            case "rollback_completed" when !isRollback:
                return new(RolloutState.Failed, Said(status), LastFailed(recent));
            case "updating" or "rollback_started":
                return Progress(service, tasks) with { State = RolloutState.Working };
        }

        return service.Spec.Mode is { ReplicatedJob: not null } or { GlobalJob: not null }
            ? Job(service, tasks)
            : Tasks(service, tasks, recent);
    }

    private static Rollout Tasks(SwarmService service, IReadOnlyList<SwarmTask> tasks, List<SwarmTask> recent)
    {
        var progress = Progress(service, tasks);
        var failure = Failure(service, recent);
        return progress.State == RolloutState.Running ? progress : failure ?? progress;
    }

    private static Rollout Progress(SwarmService service, IReadOnlyList<SwarmTask> tasks)
    {
        var (_, desired) = StackResults.Wanted(service);
        var current = tasks.Where(task => task.DesiredState == "running").ToList();
        var running = current.Count(task => task.Status.State == "running");
        var waiting = current.FirstOrDefault(task => task.Status is { State: "pending", Err.Length: > 0 });
        return new(
            running >= desired && current.Count <= running ? RolloutState.Running : RolloutState.Working,
            Count(running, desired) + " running",
            waiting, waiting is not null);
    }

    private static Rollout Job(SwarmService service, IReadOnlyList<SwarmTask> tasks)
    {
        var (_, desired) = StackResults.Wanted(service);
        var iteration = service.JobStatus?.Iteration ?? 0;
        var current = tasks.Where(task => (task.JobIteration ?? 0) == iteration).ToList();
        var completed = current.Count(task => task.Status.State == "complete");
        if (desired > 0 && completed >= desired)
            return new(RolloutState.Completed, Count(completed, desired) + " completed");
        var waiting = current.FirstOrDefault(task => task.Status is { State: "pending", Err.Length: > 0 });
        return Failure(service, current)
            ?? new(RolloutState.Working, Count(completed, desired) + " completed", waiting, waiting is not null);
    }

    /// <summary>The failure of a replica that the swarm will not start again, or that has failed several times.</summary>
    private static Rollout? Failure(SwarmService service, IReadOnlyList<SwarmTask> tasks)
    {
        foreach (var replica in tasks.GroupBy(task => task.Slot is > 0 ? task.Slot.ToString() : task.NodeId))
        {
            var newest = replica.OrderByDescending(task => task.CreatedAt).First();
            var failed = replica.Where(task => task.Status.State is "failed" or "rejected").ToList();
            if (IsOver(newest) && !StartsAgain(service, newest, failed.Count))
                return new(RolloutState.Failed, "a task ended, and its restart policy does not start it again", newest);
            if (failed.Count >= MaxFailures && newest.Status.State != "running")
                return new(
                    RolloutState.Failed,
                    string.Format(CultureInfo.InvariantCulture, "a replica failed {0} times", failed.Count),
                    failed.OrderByDescending(task => task.CreatedAt).First());
        }

        return null;
    }

    private static bool StartsAgain(SwarmService service, SwarmTask task, int failures)
    {
        var policy = service.Spec.TaskTemplate.RestartPolicy;
        return policy?.Condition switch
        {
            "none" => false,
            "on-failure" when task.Status.State == "complete" => false,
            _ => policy?.MaxAttempts is not > 0 || failures <= policy.MaxAttempts,
        };
    }

    private static bool IsOver(SwarmTask task) => task.Status.State is "failed" or "rejected" or "complete";

    private static SwarmTask? LastFailed(IEnumerable<SwarmTask> tasks) =>
        tasks.Where(task => task.Status.State is "failed" or "rejected").OrderByDescending(task => task.CreatedAt)
            .FirstOrDefault();

    private static string Said(SwarmUpdateStatus status) => status.State switch
    {
        "rollback_completed" => "its update failed and was rolled back",
        "rollback_paused" => "its update failed, and so did the rollback" + Quoted(status.Message),
        _ => "its update is paused" + Quoted(status.Message),
    };

    private static string Quoted(string? message) => message is { Length: > 0 } ? $" ({message})" : "";

    private static string Count(int done, int all) => string.Format(CultureInfo.InvariantCulture, "{0} of {1}", done, all);
}
