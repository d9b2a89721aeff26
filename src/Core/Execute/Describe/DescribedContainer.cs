using Compose.Engine.Dto;
using Compose.State;

namespace Compose.Execute.Describe;

/// <summary>A container with the image it was made from.</summary>
/// <param name="Inspect">What the engine tells of it.</param>
/// <param name="Image">What the image gives; null where the image is gone.</param>
/// <param name="ImageName">The image's name; its id where it has none.</param>
internal sealed record DescribedContainer(ContainerInspect Inspect, ContainerConfig? Image, string ImageName)
{
    /// <summary>
    /// The namespace of control groups the engine gives where none is asked for: host or private; null where that is not known.
    /// </summary>
    public string? DefaultCgroup { get; init; }

    public string Name => Inspect.Name.TrimStart('/');

    public IReadOnlyDictionary<string, string> Labels => Inspect.Config.Labels ?? new Dictionary<string, string>();

    public string? Project => Label(ComposeLabels.Project);

    /// <summary>Whether it is a replica of a service; anything else is a service of its own, by its name.</summary>
    public bool IsReplica =>
        Label(ComposeLabels.Service) is not null
            && !string.Equals(Label(ComposeLabels.OneOff), "True", StringComparison.OrdinalIgnoreCase);

    /// <summary>The service's name.</summary>
    public string Service => IsReplica ? Label(ComposeLabels.Service)! : Name;

    public int Number => int.TryParse(Label(ComposeLabels.ContainerNumber), out var number) ? number : 0;

    /// <summary>Whether its name is no other than compose would give it.</summary>
    public bool HasDefaultName =>
        IsReplica && (Name == $"{Project}-{Service}-{Number}" || Name == $"{Project}_{Service}_{Number}");

    /// <summary>What a compose file has no words for, as docker run spells it.</summary>
    public IEnumerable<string> Unsaid => new[]
    {
        Inspect.HostConfig.AutoRemove == true ? "--rm" : null,
        string.IsNullOrEmpty(Inspect.HostConfig.CpusetMems) ? null : "--cpuset-mems " + Inspect.HostConfig.CpusetMems,
    }.OfType<string>();

    public string? Label(string name) => Labels.TryGetValue(name, out var value) ? value : null;
}
