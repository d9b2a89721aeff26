using System.Globalization;
using Compose.Engine.Dto;
using Compose.Errors;
using Compose.Model.Checks;
using Compose.Plan.Building;
using Compose.Plan.Input;
using Compose.Plan.Prepare;
using Compose.Plan.Requests;
using Compose.State;

namespace Compose.Plan.Commands;

/// <summary>Plans scale without files: new replicas are copies of the newest one.</summary>
internal static class ScaleFromContainersPlanner
{
    /// <summary>The ids of the containers to inspect: one for each service that gets more replicas.</summary>
    public static IReadOnlyList<string> Patterns(ObservedState state, ScaleRequest request) =>
        [
            .. request.Replicas.Where(pair => state.Replicas(pair.Key).Count < pair.Value)
            .Select(pair => Pattern(state, request, pair.Key).Id),
        ];

    public static ComposePlan Plan(ObservedState state, ScaleRequest request)
    {
        var plan = new PlanBuilder();
        CheckLimits(request);
        foreach (var (service, wanted) in request.Replicas.OrderBy(
            pair => pair.Key, StringComparer.Ordinal).Select(pair => (pair.Key, pair.Value)))
        {
            var replicas = state.Replicas(service);
            foreach (var surplus in replicas.Skip(wanted).Reverse())
                Remove(plan, surplus, $"{wanted} wanted", request.Timeout);
            foreach (var stopped in replicas.Take(wanted).Where(replica => !replica.IsRunning))
                plan.Add(
                    Start(ContainerReference.Existing(stopped), service, stopped.Number, stopped.Name, stopped.State),
                    plan.Operation("Start", Targets.Container(stopped), stopped.State));
            if (replicas.Count >= wanted)
                continue;
            var pattern = Pattern(state, request, service);
            if (Separator(pattern, request.ProjectName) is null && wanted > 1)
                throw PlanErrors.ContainerNameScaled.Exception(
                    $"Service '{service}' has the fixed container name '{pattern.Name}' and cannot have {wanted} replicas.",
                    service);
            plan.Warn(
                $"No compose file was given, so new replicas of service {service} are copies of container {pattern.Name}.");
            var last = replicas.Max(replica => replica.Number);
            for (var number = last + 1; number <= last + wanted - replicas.Count; number++)
                Create(plan, state, pattern, number);
        }

        return plan.Build(state);
    }

    private static void CheckLimits(ScaleRequest request)
    {
        foreach (var wanted in request.Replicas)
        {
            if (ReplicaLimits.Problem(wanted.Key, wanted.Value) is { } tooMany)
                throw PlanErrors.TooManyReplicas.Exception(tooMany, wanted.Key);
        }

        if (ReplicaLimits.Problem(request.Replicas.Values.Sum(wanted => (long)wanted)) is { } problem)
            throw PlanErrors.TooManyReplicas.Exception(problem, request.ProjectName);
    }

    /// <summary>The separator in a container's name; null for a fixed name.</summary>
    private static string? Separator(ObservedContainer container, string project) =>
        Array.Find(
            ["-", "_"],
            separator => container.Name == Targets.ContainerName(project, container.Service, container.Number, separator));

    private static void Create(PlanBuilder plan, ObservedState state, ObservedContainer pattern, int number)
    {
        const string Cause = "no container exists";
        var name = Targets.ContainerName(
            state.ProjectName, pattern.Service, number, Separator(pattern, state.ProjectName) ?? "-");
        var target = Targets.Replica(pattern.Service, number);
        var operation = plan.Operation("Create", target, Cause);
        var created = plan.Add(
            new CreateContainer
            {
                Target = target,
                Cause = Cause,
                Container = name,
                Service = pattern.Service,
                Replica = number,
                Blueprint = new ReadyRequest(
                    Clone(state.Inspected[pattern.Id], pattern, name, number, state.ApiMinor), null, [pattern.Image]),
            },
            operation);
        plan.Add(
            Start(ContainerReference.Created(created, name), pattern.Service, number, name, Cause), operation,
            PlanBuilder.After(created));
    }

    /// <summary>The request for a copy of an inspected container, without its names and addresses.</summary>
    private static CreateContainerRequest Clone(
        ContainerInspect pattern, ObservedContainer observed, string name, int number, int apiMinor)
    {
        var config = pattern.Config;
        var labels = new SortedDictionary<string, string>(
            (config.Labels ?? new Dictionary<string, string>()).ToDictionary(pair => pair.Key, pair => pair.Value),
            StringComparer.Ordinal)
        {
            [ComposeLabels.ContainerNumber] = number.ToString(CultureInfo.InvariantCulture),
        };
        labels.Remove(ComposeLabels.Replace);
        var mode = pattern.HostConfig.NetworkMode ?? "";
        var endpoints = (pattern.NetworkSettings?.Networks ?? new Dictionary<string, EndpointSettings>())
            .Where(pair => observed.Networks.ContainsKey(pair.Key) && pair.Key is not ("host" or "none" or "bridge"))
            .OrderByDescending(pair => pair.Key == mode)
            .Take(EngineFeatures.ConnectsAllNetworksAtCreate(apiMinor) ? int.MaxValue : 1)
            .ToDictionary(pair => pair.Key, pair => new EndpointSettings
            {
                Aliases = [
                    .. new[] { name, observed.Service }.Concat(
                        (pair.Value.Aliases ?? [])
                            .Where(alias => alias != observed.Name && !pattern.Id.StartsWith(alias, StringComparison.Ordinal)))
                            .Distinct()],
                Links = pair.Value.Links,
                DriverOpts = pair.Value.DriverOpts,
            });
        return new CreateContainerRequest
        {
            Image = config.Image,
            Cmd = config.Cmd,
            Entrypoint = config.Entrypoint,
            Env = config.Env,
            Labels = labels,
            Hostname = config.Hostname is { } host && pattern.Id.StartsWith(host, StringComparison.Ordinal)
                ? null
                : config.Hostname,
            Domainname = config.Domainname,
            User = config.User,
            WorkingDir = config.WorkingDir,
            StopSignal = config.StopSignal,
            StopTimeout = config.StopTimeout,
            Tty = config.Tty,
            OpenStdin = config.OpenStdin,
            AttachStdout = true,
            AttachStderr = true,
            ExposedPorts = config.ExposedPorts,
            Volumes = config.Volumes,
            Healthcheck = config.Healthcheck,
            HostConfig = pattern.HostConfig,
            NetworkingConfig = endpoints.Count == 0 ? null : new NetworkingConfig { EndpointsConfig = endpoints },
        };
    }

    private static void Remove(PlanBuilder plan, ObservedContainer container, string cause, TimeSpan? timeout)
    {
        var operation = plan.Operation("Remove", Targets.Container(container), cause, "Downtime");
        var stop = Array.Empty<PlanEdge>();
        if (container.IsUp)
            stop = [PlanBuilder.After(plan.Add(Steps.Stop(container, cause, timeout), operation))];
        plan.Add(Steps.Remove(container, cause, false), operation, stop);
    }

    private static StartContainer Start(ContainerReference reference, string service, int number, string name, string cause) =>
        new()
    {
        Target = Targets.Replica(service, number), Cause = cause, Container = name, Service = service, Reference = reference,
    };

    private static ObservedContainer Pattern(ObservedState state, ScaleRequest request, string service) =>
        state.Replicas(service)
            .OrderByDescending(replica => replica.Created)
            .ThenByDescending(replica => replica.Number)
            .FirstOrDefault()
        ?? throw PlanErrors.NothingToClone.Exception(
            $"Project '{request.ProjectName}' has no container of service '{service}' to make others like.", service);
}
