using System.Globalization;
using Compose.Engine.Dto;
using Compose.Errors;
using Compose.Plan;
using Compose.Plan.Building;
using Compose.Swarm.Observe;

namespace Compose.Swarm.Plan;

/// <summary>Plans what needs no file: other numbers of replicas, and the way back before an update.</summary>
internal static class ServicePlanner
{
    /// <param name="state">What the swarm has of the stack.</param>
    /// <param name="replicas">The wanted replicas, by service.</param>
    public static ComposePlan Scale(ObservedStack state, IReadOnlyDictionary<string, int> replicas)
    {
        var plan = new PlanBuilder();
        foreach (var service in state.Services.Where(service => replicas.ContainsKey(state.ServiceOf(service))))
        {
            var name = state.ServiceOf(service);
            if (service.Spec.Mode is not ({ Replicated: not null } or { ReplicatedJob: not null }))
            {
                plan.Warn($"Service '{name}' runs on every node that fits, so it has no number of replicas.");
                continue;
            }

            var (_, now) = StackResults.Wanted(service);
            if (now != replicas[name])
                Add(plan, service, name, now, replicas[name]);
        }

        return plan.Build(state.EngineHost, state.Stack);
    }

    /// <summary>Takes services back to what they were before their last update.</summary>
    /// <param name="state">What the swarm has of the stack.</param>
    /// <param name="services">The services; empty for all that have been updated.</param>
    /// <param name="wait">Whether to wait for their tasks.</param>
    /// <param name="timeout">The longest wait, or null.</param>
    public static ComposePlan Rollback(ObservedStack state, IReadOnlyCollection<string> services, bool wait, TimeSpan? timeout)
    {
        var plan = new PlanBuilder();
        foreach (var service in state.Services.OrderBy(service => service.Spec.Name, StringComparer.Ordinal))
        {
            var name = state.ServiceOf(service);
            if (services.Count > 0 && !services.Contains(name))
                continue;
            if (service.PreviousSpec is null)
            {
                plan.Warn($"Service '{name}' has not been updated, so there is nothing to go back to.");
                continue;
            }

            Check(state, service.PreviousSpec, name);
            Rollback(plan, service, name, "it goes back to what it was before its last update", wait, timeout);
        }

        return plan.Build(state.EngineHost, state.Stack);
    }

    /// <exception cref="ComposeException">RollbackImpossible.</exception>
    private static void Check(ObservedStack state, SwarmServiceSpec previous, string service)
    {
        var container = previous.TaskTemplate.ContainerSpec;
        var secrets = (container.Secrets ?? []).Where(use => state.Secrets.All(secret => secret.Id != use.SecretID))
            .Select(use => $"secret '{use.SecretName}'");
        var configs = (container.Configs ?? []).Where(use => state.Configs.All(config => config.Id != use.ConfigID))
            .Select(use => $"config '{use.ConfigName}'");
        var gone = secrets.Concat(configs).ToList();
        if (gone.Count > 0)
            throw StackErrors.RollbackImpossible.Exception(
                $"Service '{service}' of stack '{state.Stack}' cannot go back: {string.Join(" and ", gone)}, which it used "
                    + "before, is gone.", service);
    }

    private static void Rollback(
        PlanBuilder plan, SwarmService service, string name, string cause, bool wait, TimeSpan? timeout)
    {
        var target = StackTargets.Service(name);
        var step = plan.Add(
            new RollbackService
            {
                Target = target, Cause = cause, Service = name, Current = service.Spec, ServiceId = service.Id,
                Version = service.VersionIndex,
            },
            plan.Operation("Rollback", target, cause));
        if (!wait)
            return;
        plan.Add(
            new WaitForRollout
            {
                Target = target, Cause = "-Wait", Service = name, Name = service.Spec.Name, Timeout = timeout, IsRollback = true,
            },
            0, PlanBuilder.After(step));
    }

    private static void Add(PlanBuilder plan, SwarmService service, string name, int now, int wanted)
    {
        var target = StackTargets.Service(name);
        var cause = string.Format(CultureInfo.InvariantCulture, "{0} replicas are wanted, and it has {1}", wanted, now);
        var step = new UpdateService
        {
            Target = target, Cause = cause, Service = name, Request = Scaled(service.Spec, wanted), ServiceId = service.Id,
            Version = service.VersionIndex,
            Changes = [new FieldChange("replicas", Text(now), Text(wanted))],
            Impact = wanted == 0 ? "Downtime" : "None",
        };
        plan.Add(step, plan.Operation("Update", target, cause, step.Impact));
    }

    /// <summary>A spec with another number of replicas.</summary>
    public static SwarmServiceSpec Scaled(SwarmServiceSpec spec, int replicas) => spec with
    {
        Mode = spec.Mode switch
        {
            { ReplicatedJob: not null } => new SwarmServiceMode { ReplicatedJob = new SwarmReplicatedJob(replicas, replicas) },
            _ => new SwarmServiceMode { Replicated = new SwarmReplicated(replicas) },
        },
    };

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
