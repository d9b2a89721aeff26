using Compose.Plan.Building;
using Compose.Plan.Replicas;

namespace Compose.Plan.Up;

/// <summary>Adds the steps that wait for a service: one for each service and condition.</summary>
internal sealed class ServiceWaits(UpScope scope, PlanBuilder plan, UpDecisions decisions, PlannedServices planned)
{
    private readonly Dictionary<(string Service, string Condition, bool Required), int> _waits = [];

    /// <summary>The wait of a dependent; null if the condition holds already.</summary>
    public int? For(string service, string condition, string cause, bool required) =>
        IsReached(service, condition) ? null : Add(service, condition, cause, null, required);

    /// <summary>-Wait: one wait for each service, after everything is started.</summary>
    public void AddRequested()
    {
        var options = scope.Context.Options;
        if (!options.Wait || options.NoStart)
            return;
        var finishing = new HashSet<string>(
            scope.Services.SelectMany(service => service.DependsOn)
                .Where(dependency => dependency.Value.Condition == "service_completed_successfully")
                .Select(dependency => dependency.Key),
            StringComparer.Ordinal);
        foreach (var service in scope.Services.Where(service => planned[service.Name].Containers.Count > 0))
        {
            var condition = finishing.Contains(service.Name) ? "service_completed_successfully" : "running_or_healthy";
            if (!IsReached(service.Name, condition))
                Add(service.Name, condition, "asked for", options.WaitTimeout, required: true);
        }
    }

    /// <summary>True when no container of the service starts in this plan and all observed ones meet the condition.</summary>
    private bool IsReached(string service, string condition) => planned[service].Started.Count == 0
        && decisions.Replicas[service].All(decision => decision.Existing is null || Meets(decision, condition));

    private static bool Meets(ReplicaDecision decision, string condition) => condition switch
    {
        "service_healthy" => decision.Existing!.Health == "healthy",
        "running_or_healthy" => decision.Existing!.State == "running" && decision.Existing.Health is "" or "healthy",
        _ => false,
    };

    private int Add(string service, string condition, string cause, TimeSpan? timeout, bool required)
    {
        if (_waits.TryGetValue((service, condition, required), out var wait))
            return wait;
        return _waits[(service, condition, required)] = plan.Add(
            new WaitForService
            {
                Target = Targets.Service(service),
                Cause = cause,
                Service = service,
                Condition = condition,
                Timeout = timeout,
                Optional = !required,
                Containers = planned[service].Containers,
            },
            0, PlanBuilder.AfterAll(planned[service].Started));
    }
}
