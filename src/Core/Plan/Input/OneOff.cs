using Compose.Model;

namespace Compose.Plan.Input;

/// <summary>A one-off container: one more of a service, with a command of its own, beside its replicas.</summary>
internal sealed record OneOff
{
    public required string Service { get; init; }

    /// <summary>64 random hexadecimal digits; the first twelve are part of the name.</summary>
    public required string Slug { get; init; }

    /// <summary>The name asked for; null makes one from the slug.</summary>
    public string? Name { get; init; }

    /// <summary>Null means the service's.</summary>
    public IReadOnlyList<string>? Command { get; init; }

    /// <summary>Null means the service's; any other also drops the service's command.</summary>
    public IReadOnlyList<string>? Entrypoint { get; init; }

    /// <summary>Overrides the service's own. Null takes the project's variable, and is left out if that is not set.</summary>
    public IReadOnlyDictionary<string, string?> Environment { get; init; } = new Dictionary<string, string?>();
    public string? User { get; init; }
    public string? WorkingDirectory { get; init; }
    public IReadOnlyDictionary<string, string> Labels { get; init; } = new Dictionary<string, string>();
    public IReadOnlyList<string> CapAdd { get; init; } = [];
    public IReadOnlyList<string> CapDrop { get; init; } = [];

    /// <summary>Replaces mounts of the service at the same target.</summary>
    public IReadOnlyList<MountDefinition> Volumes { get; init; } = [];
    public IReadOnlyList<PortDefinition> Ports { get; init; } = [];

    /// <summary>Whether the service's ports are published.</summary>
    public bool ServicePorts { get; init; }

    /// <summary>Whether it has the service's aliases in its networks.</summary>
    public bool UseAliases { get; init; }

    /// <summary>Whether the engine removes it when it ends.</summary>
    public bool AutoRemove { get; init; }
    public bool Tty { get; init; }

    /// <summary>Whether it reads standard input.</summary>
    public bool TakesInput { get; init; }

    /// <summary>The project with the service adapted to the one-off: one container, never restarted.</summary>
    public ComposeProject Apply(ComposeProject project) => project with
    {
        Services = project.Services.ToDictionary(
            pair => pair.Key, pair => pair.Key == Service ? Apply(project, pair.Value) : pair.Value, StringComparer.Ordinal),
    };

    private ServiceDefinition Apply(ComposeProject project, ServiceDefinition service) => service with
    {
        ContainerName = Name ?? project.NameOf(service.Name, "run", Slug.Substring(0, 12)),
        Command = Command ?? (Entrypoint is null ? service.Command : []),
        Entrypoint = Entrypoint ?? service.Entrypoint,
        Environment = Variables(project, service),
        User = User ?? service.User,
        WorkingDir = WorkingDirectory ?? service.WorkingDir,
        Labels = Over(service.Labels, Labels),
        CapAdd = [.. service.CapAdd.Concat(CapAdd).Except(CapDrop)],
        CapDrop = [.. service.CapDrop.Except(CapAdd).Concat(CapDrop)],
        Volumes = [.. service.Volumes.Where(mount => Volumes.All(own => own.Target != mount.Target)), .. Volumes],
        Ports = [.. ServicePorts ? service.Ports : [], .. Ports],
        Tty = Tty,
        StdinOpen = TakesInput,
        Restart = null,
        Deploy = service.Deploy is { } deploy ? deploy with { RestartPolicy = null, Replicas = null } : null,
        Scale = 1,
    };

    private Dictionary<string, string?> Variables(ComposeProject project, ServiceDefinition service)
    {
        var variables = service.Environment.ToDictionary(pair => pair.Key, pair => pair.Value, StringComparer.Ordinal);
        foreach (var variable in Environment)
        {
            if ((variable.Value ?? (project.Environment.TryGetValue(variable.Key, out var value) ? value : null)) is { } given)
                variables[variable.Key] = given;
        }

        return variables;
    }

    private static Dictionary<string, string> Over(
        IReadOnlyDictionary<string, string> values, IReadOnlyDictionary<string, string> over)
    {
        var result = values.ToDictionary(pair => pair.Key, pair => pair.Value, StringComparer.Ordinal);
        foreach (var pair in over)
            result[pair.Key] = pair.Value;
        return result;
    }
}
