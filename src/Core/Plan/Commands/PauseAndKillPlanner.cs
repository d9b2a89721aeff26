using System.Globalization;
using Compose.Errors;
using Compose.Model.Naming;
using Compose.Plan.Building;
using Compose.Plan.Input;
using Compose.State;

namespace Compose.Plan.Commands;

/// <summary>Plans pause, unpause and kill: steps on running containers in no particular order.</summary>
internal static class PauseAndKillPlanner
{
    private static readonly HashSet<string> Signals = new(
        ("ABRT ALRM BUS CHLD CLD CONT FPE HUP ILL INT IO IOT KILL PIPE POLL PROF PWR QUIT SEGV STKFLT STOP SYS TERM TRAP TSTP "
            + "TTIN TTOU URG USR1 USR2 VTALRM WINCH XCPU XFSZ RTMIN RTMAX").Split(' '), StringComparer.OrdinalIgnoreCase);

    public static ComposePlan Pause(ObservedState state, LifecycleRequest request)
    {
        var plan = new PlanBuilder();
        foreach (var container in Present(plan, state, request))
        {
            plan.Add(
                new PauseContainer
                {
                    Target = Targets.Container(container),
                    Cause = "asked for",
                    Container = container.Name,
                    Service = container.Service,
                    Impact = "Downtime",
                    Reference = ContainerReference.Existing(container),
                },
                plan.Operation("Pause", Targets.Container(container), "asked for", "Downtime"));
        }

        return plan.Build(state);
    }

    public static ComposePlan Unpause(ObservedState state, LifecycleRequest request)
    {
        var plan = new PlanBuilder();
        foreach (var container in Present(plan, state, request))
        {
            plan.Add(
                new UnpauseContainer
                {
                    Target = Targets.Container(container),
                    Cause = "asked for",
                    Container = container.Name,
                    Service = container.Service,
                    Reference = ContainerReference.Existing(container),
                },
                plan.Operation("Unpause", Targets.Container(container), "asked for"));
        }

        return plan.Build(state);
    }

    /// <summary>Plans kill, which includes one-offs of the services.</summary>
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
                    Target = Targets.Container(
                        container), Cause =
                            "asked for", Container = container.Name, Service = container.Service, Impact = "Downtime",
                    Signal = request.Signal, Reference = ContainerReference.Existing(container),
                },
                plan.Operation("Kill", Targets.Container(container), request.Signal, "Downtime"));
        }

        return plan.Build(state);
    }

    /// <summary>Whether the engine accepts a signal: HUP, SIGHUP, 1 or RTMIN+3, in upper or lower case.</summary>
    public static bool IsSignal(string text)
    {
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            return number is > 0 and <= 64;
        var name = text.StartsWith("SIG", StringComparison.OrdinalIgnoreCase) ? text.Substring(3) : text;
        var sign = name.IndexOfAny(['+', '-']);
        return sign < 0 ? Signals.Contains(name)
            : name.StartsWith("RT", StringComparison.OrdinalIgnoreCase) && Signals.Contains(name.Substring(0, sign))
                && int.TryParse(name.Substring(sign + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var offset)
                && offset is > 0 and <= 15;
    }

    /// <summary>
    /// The running containers to pause or resume. As in docker compose, a service that does not run or exist is only a warning.
    /// The engine refuses to pause a container twice.
    /// </summary>
    private static IReadOnlyList<ObservedContainer> Present(PlanBuilder plan, ObservedState state, LifecycleRequest request)
    {
        if (state.Containers.Count == 0 && request.Project is null)
            throw new ComposeException(StateErrors.NoProject(state.EngineHost, request.ProjectName));
        var services = state.Containers.Where(container => container.IsReplica).Select(container => container.Service).ToList();
        var missing = NamePattern.Unknown(request.Services, services);
        foreach (var name in missing)
            plan.Warn($"Project '{request.ProjectName}' has no container of service '{name}', so nothing is done to it.");
        var named = request.Services.Count > 0 || request.Containers.Count > 0;
        if (state.Containers.Count == 0 && !named)
            plan.Warn($"The engine has no container of project '{request.ProjectName}'.");
        if (request.Containers.Count == 0 && (state.Containers.Count == 0 || (named && missing.Count == request.Services.Count)))
            return [];
        var selected = LifecyclePlanner.Select(state, request with { Services = [.. request.Services.Except(missing)] });
        var live = selected.Where(container => container.IsUp).ToList();
        if (named)
            WarnOfStopped(plan, selected.Except(live));
        return live;
    }

    private static void WarnOfStopped(PlanBuilder plan, IEnumerable<ObservedContainer> stopped)
    {
        foreach (var container in stopped)
            plan.Warn($"{container.Name} is {container.State}, so nothing is done to it.");
    }

    /// <summary>
    /// The containers that run. A named service that does not run is a warning, or an error if there is nothing else to do.
    /// </summary>
    private static IReadOnlyList<ObservedContainer> Live(
        PlanBuilder plan, LifecycleRequest request, IReadOnlyList<ObservedContainer> selected)
    {
        var live = selected.Where(container => container.IsUp).ToList();
        var named = request.Services.Count > 0 || request.Containers.Count > 0;
        if (named && live.Count == 0 && selected.Count > 0)
            throw StateErrors.ServiceNotRunning.Exception(
                $"Not running in project '{request.ProjectName}': "
                    + $"{string.Join(", ", selected.Select(container => container.Name))}.",
                selected[0].Service);
        if (named)
            WarnOfStopped(plan, selected.Except(live));

        return live;
    }
}
