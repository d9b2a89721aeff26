using System.Globalization;
using Compose.Errors;
using Compose.State;

namespace Compose.Plan;

/// <summary>What is done to running containers, each for itself and in no order: pause, unpause, kill.</summary>
internal static class SignalPlanner
{
    private static readonly HashSet<string> Signals = new(
        ("ABRT ALRM BUS CHLD CLD CONT FPE HUP ILL INT IO IOT KILL PIPE POLL PROF PWR QUIT SEGV STKFLT STOP SYS TERM TRAP TSTP TTIN TTOU "
            + "URG USR1 USR2 VTALRM WINCH XCPU XFSZ RTMIN RTMAX").Split(' '), StringComparer.OrdinalIgnoreCase);

    public static ComposePlan Pause(ObservedState state, LifecycleRequest request)
    {
        var plan = new PlanBuilder();
        foreach (var container in Live(plan, request, LifecyclePlanner.Select(state, request)).Where(container => container.State != "paused"))
        {
            plan.Add(
                new PauseContainer { Target = Targets.Container(container), Cause = "asked for", Container = container.Name, Service = container.Service, Impact = "Downtime", Reference = ContainerReference.Existing(container) },
                plan.Operation("Pause", Targets.Container(container), "asked for", "Downtime"));
        }

        return plan.Build(state);
    }

    public static ComposePlan Unpause(ObservedState state, LifecycleRequest request)
    {
        var plan = new PlanBuilder();
        foreach (var container in Live(plan, request, LifecyclePlanner.Select(state, request)).Where(container => container.State == "paused"))
        {
            plan.Add(
                new UnpauseContainer { Target = Targets.Container(container), Cause = "asked for", Container = container.Name, Service = container.Service, Reference = ContainerReference.Existing(container) },
                plan.Operation("Unpause", Targets.Container(container), "asked for"));
        }

        return plan.Build(state);
    }

    /// <summary>One-offs of the services are killed too.</summary>
    public static ComposePlan Kill(ObservedState state, LifecycleRequest request)
    {
        if (!IsSignal(request.Signal))
            throw PlanErrors.InvalidSignal.Exception($"'{request.Signal}' is not a signal.", request.Signal);
        var plan = new PlanBuilder();
        foreach (var container in Live(plan, request, LifecyclePlanner.Select(state, request, oneOffs: true)))
        {
            plan.Add(
                new KillContainer
                {
                    Target = Targets.Container(container), Cause = "asked for", Container = container.Name, Service = container.Service, Impact = "Downtime",
                    Signal = request.Signal, Reference = ContainerReference.Existing(container),
                },
                plan.Operation("Kill", Targets.Container(container), request.Signal, "Downtime"));
        }

        return plan.Build(state);
    }

    /// <summary>HUP, SIGHUP or 1, and RTMIN+3: in any case, as the engine takes them.</summary>
    public static bool IsSignal(string text)
    {
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            return number is > 0 and <= 64;
        var name = text.StartsWith("SIG", StringComparison.OrdinalIgnoreCase) ? text.Substring(3) : text;
        var sign = name.IndexOfAny(['+', '-']);
        return sign < 0 ? Signals.Contains(name)
            : name.StartsWith("RT", StringComparison.OrdinalIgnoreCase) && Signals.Contains(name.Substring(0, sign))
                && int.TryParse(name.Substring(sign + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var offset) && offset is > 0 and <= 15;
    }

    /// <summary>Those that run. A named service that does not is told of, and refused where there is nothing else to do.</summary>
    private static IReadOnlyList<ObservedContainer> Live(PlanBuilder plan, LifecycleRequest request, IReadOnlyList<ObservedContainer> meant)
    {
        var live = meant.Where(container => container.IsRunning || container.State == "paused").ToList();
        var named = request.Services.Count > 0 || request.Containers.Count > 0;
        if (named && live.Count == 0 && meant.Count > 0)
            throw StateErrors.ServiceNotRunning.Exception($"Not running in project '{request.ProjectName}': {string.Join(", ", meant.Select(container => container.Name))}.", meant[0].Service);
        if (named)
        {
            foreach (var container in meant.Except(live))
                plan.Warn($"{container.Name} is {container.State}, so nothing is done to it.");
        }

        return live;
    }
}
