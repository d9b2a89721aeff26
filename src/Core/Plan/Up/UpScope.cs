using Compose.Model;
using Compose.Plan.Building;
using Compose.Plan.Input;
using Compose.Plan.Prepare;

namespace Compose.Plan.Up;

/// <summary>What one up is about: the services in dependency order, and the networks and volumes they use.</summary>
internal sealed record UpScope(PlanContext Context, IReadOnlyList<ServiceDefinition> Services)
{
    public static UpScope Of(PlanContext context) => new(context, ServiceOrder.Selected(context.Project, context.Options));

    /// <summary>The networks in use, external ones included.</summary>
    public IReadOnlyList<NetworkDefinition> Networks { get; } = Used(
        Context, Context.Project.Networks.Values, network => network.Key,
        Services.Where(service => service.NetworkMode is null).SelectMany(service => service.Networks.Keys));

    /// <summary>The volumes in use, external ones included.</summary>
    public IReadOnlyList<VolumeDefinition> Volumes { get; } = Used(
        Context, Context.Project.Volumes.Values, volume => volume.Key, Services.SelectMany(service => service.MountedVolumes));

    /// <summary>The networks that the project creates itself.</summary>
    public IEnumerable<NetworkDefinition> OwnNetworks => Networks.Where(network => !network.External);

    /// <summary>The volumes that the project creates itself.</summary>
    public IEnumerable<VolumeDefinition> OwnVolumes => Volumes.Where(volume => !volume.External);

    public bool IsOneOff(ServiceDefinition service) => Context.Options.OneOff?.Service == service.Name;

    /// <summary>The target of a step for one container of a service.</summary>
    public string TargetOf(ServiceDefinition service, int number) =>
        IsOneOff(service) ? "container:" + FinalName(service, number) : Targets.Replica(service.Name, number);

    /// <summary>The container's name once the plan is done; a replacement starts with a temporary one.</summary>
    public string FinalName(ServiceDefinition service, int number) =>
        service.ContainerName ?? Targets.ContainerName(Context.Project.Name, service.Name, number, Context.Project.Separator);

    private static IReadOnlyList<T> Used<T>(
        PlanContext context, IEnumerable<T> all, Func<T, string> keyOf, IEnumerable<string> used)
    {
        var keys = new HashSet<string>(used, StringComparer.Ordinal);
        return [.. all.Where(item => context.Options.AllResources || keys.Contains(keyOf(item)))];
    }
}
