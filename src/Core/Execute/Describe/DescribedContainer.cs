using Compose.Engine.Dto;
using Compose.State;

namespace Compose.Execute.Describe;

/// <summary>A container with the image it was made from.</summary>
/// <param name="Inspect">The container's inspection.</param>
/// <param name="Image">The image's configuration; null if the image was removed.</param>
/// <param name="ImageName">The image's name, or its id if it has no name.</param>
internal sealed record DescribedContainer(ContainerInspect Inspect, ContainerConfig? Image, string ImageName)
{
    /// <summary>The engine's default cgroup namespace: host or private; null if unknown.</summary>
    public string? DefaultCgroup { get; init; }

    public string Name => Inspect.Name.TrimStart('/');

    public IReadOnlyDictionary<string, string> Labels => Inspect.Config.Labels ?? new Dictionary<string, string>();

    public string? Project => Label(ComposeLabels.Project);

    /// <summary>Whether the container is a replica of a service; any other container becomes a service of its own name.</summary>
    public bool IsReplica =>
        Label(ComposeLabels.Service) is not null
            && !string.Equals(Label(ComposeLabels.OneOff), "True", StringComparison.OrdinalIgnoreCase);

    /// <summary>The service's name.</summary>
    public string Service => IsReplica ? Label(ComposeLabels.Service)! : Name;

    public int Number => int.TryParse(Label(ComposeLabels.ContainerNumber), out var number) ? number : 0;

    /// <summary>Whether its name is the one that compose would give it.</summary>
    public bool HasDefaultName =>
        IsReplica && (Name == $"{Project}-{Service}-{Number}" || Name == $"{Project}_{Service}_{Number}");

    /// <summary>Settings that a compose file cannot express, as docker run spells them.</summary>
    public IEnumerable<string> UnsupportedSettings => new[]
    {
        Inspect.HostConfig.AutoRemove == true ? "--rm" : null,
        string.IsNullOrEmpty(Inspect.HostConfig.CpusetMems) ? null : "--cpuset-mems " + Inspect.HostConfig.CpusetMems,
    }.OfType<string>();

    public string? Label(string name) => Labels.TryGetValue(name, out var value) ? value : null;
}
