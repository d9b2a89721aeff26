using System.Globalization;
using Compose.Engine.Dto;
using Compose.Model;

namespace Compose.Swarm.Specs;

/// <summary>Resources, placement and restarts of a service's tasks.</summary>
internal static class TaskSpecs
{
    private const double NanoCpus = 1e9;

    public static long? Nanoseconds(TimeSpan? duration) => duration?.Ticks * 100;

    /// <summary>deploy.resources, else the older attributes such as mem_limit.</summary>
    public static SwarmResourceRequirements? Resources(ServiceDefinition service)
    {
        var reserved = service.Deploy?.Reservations;
        var limits = new SwarmLimits
        {
            NanoCPUs = Cpus(service.Resources.Cpus),
            MemoryBytes = Positive(service.Resources.Memory),
            Pids = Positive(service.Resources.Pids),
        };
        var reservations = new SwarmReservations
        {
            NanoCPUs = Cpus(reserved?.Cpus),
            MemoryBytes = Positive(service.Resources.MemoryReservation),
            GenericResources = reserved?.GenericResources is { Count: > 0 } kinds
                ? [.. kinds.Select(kind => new SwarmGenericResource { Kind = kind.Kind, Value = kind.Value })]
                : null,
        };
        var isLimited = limits != new SwarmLimits();
        var isReserved = reservations != new SwarmReservations();
        return isLimited || isReserved
            ? new SwarmResourceRequirements
            {
                Limits = isLimited ? limits : null,
                Reservations = isReserved ? reservations : null,
            }
            : null;
    }

    /// <summary>deploy.restart_policy, else restart, where the engine's default is to restart always.</summary>
    public static SwarmRestartPolicy? RestartPolicy(ServiceDefinition service, SpecFindings findings)
    {
        if (service.Deploy?.RestartPolicy is { } policy)
            return new SwarmRestartPolicy
            {
                Condition = policy.Condition,
                Delay = Nanoseconds(policy.Delay),
                MaxAttempts = policy.MaxAttempts,
                Window = Nanoseconds(policy.Window),
            };
        if (service.Restart is not { Length: > 0 } restart)
            return null;
        var parts = restart.Split([':'], 2);
        switch (parts[0])
        {
            case "always" or "unless-stopped":
                return new SwarmRestartPolicy { Condition = "any" };
            case "on-failure":
                return new SwarmRestartPolicy
                {
                    Condition = "on-failure",
                    MaxAttempts = parts.Length > 1
                        && int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var count) ? count : null,
                };
            default:
                // docker stack reads it so, and a stack that both deploy must not change with each of them.
                findings.Warn(
                    findings.Place(service, "restart"),
                    $"a Swarm restarts the tasks of service '{service.Name}' all the same; "
                        + "write deploy.restart_policy with 'condition: none'.");
                return null;
        }
    }

    public static SwarmPlacement? Placement(ServiceDefinition service)
    {
        var placement = service.Deploy?.Placement;
        var wanted = new SwarmPlacement
        {
            Constraints = placement?.Constraints is { Count: > 0 } constraints ? constraints : null,
            Preferences = placement?.Preferences is { Count: > 0 } preferences ? preferences : null,
            MaxReplicas = placement?.MaxReplicasPerNode is > 0 and var most ? most : null,
            Platforms = service.Platform is { Length: > 0 } platform ? [Platform(platform)] : null,
        };
        return wanted == new SwarmPlacement() ? null : wanted;
    }

    /// <summary><c>os</c>, <c>os/architecture</c> or <c>os/architecture/variant</c>; a swarm knows no variants.</summary>
    private static SwarmPlatform Platform(string text)
    {
        var parts = text.Split('/');
        return new SwarmPlatform(parts.Length > 1 ? parts[1] : null, parts[0]);
    }

    private static long? Cpus(double? count) => count is > 0 and var cpus ? (long)Math.Round(cpus * NanoCpus) : null;

    private static long? Positive(long? value) => value is > 0 ? value : null;
}
