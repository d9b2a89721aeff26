using Compose.Engine.Dto;
using Compose.Model;

namespace Compose.Plan;

/// <summary>Pulls an image.</summary>
public sealed record PullImage : PlanAction
{
    public required string Image { get; init; }

    /// <summary>os/architecture, or null for the engine's own.</summary>
    public string? Platform { get; init; }

    /// <summary>The service it is for.</summary>
    public required string Service { get; init; }

    /// <summary>True where a failed pull does not matter: the image is there, or is built instead.</summary>
    public bool Optional { get; init; }
}

/// <summary>Builds a service's image.</summary>
public sealed record BuildImage : PlanAction
{
    public required string Image { get; init; }
    public required string Service { get; init; }
    internal ServiceDefinition Definition { get; init; } = null!;
    internal ComposeProject Project { get; init; } = null!;

    /// <summary>The pull that makes building needless where it succeeds; 0 where there is none.</summary>
    internal int UnlessPulledBy { get; init; }

    /// <summary>Proxies of docker's configuration, which builds get as arguments.</summary>
    internal IReadOnlyDictionary<string, string> Proxies { get; init; } = new Dictionary<string, string>();

    /// <summary>What the caller asks for beyond the file.</summary>
    internal BuildOptions Options { get; init; } = new();
}

/// <summary>Pushes an image to its registry.</summary>
public sealed record PushImage : PlanAction
{
    public required string Image { get; init; }
    public required string Service { get; init; }

    /// <summary>True where a failed push does not matter.</summary>
    public bool Optional { get; init; }
}

/// <summary>Removes an image.</summary>
public sealed record RemoveImage : PlanAction
{
    public required string Image { get; init; }
}

/// <summary>Creates a network.</summary>
public sealed record CreateNetwork : PlanAction
{
    public required string Network { get; init; }
    internal NetworkResource Request { get; init; } = null!;
}

/// <summary>Removes a network.</summary>
public sealed record RemoveNetwork : PlanAction
{
    public required string Network { get; init; }
    internal string NetworkId { get; init; } = null!;
}

/// <summary>Joins a container to a network.</summary>
public sealed record ConnectNetwork : PlanAction
{
    public required string Network { get; init; }
    public required string Container { get; init; }
    internal ContainerReference Reference { get; init; } = null!;
    internal EndpointSettings? Endpoint { get; init; }
}

/// <summary>Takes a container off a network.</summary>
public sealed record DisconnectNetwork : PlanAction
{
    public required string Network { get; init; }
    public required string Container { get; init; }
    internal ContainerReference Reference { get; init; } = null!;
    internal string NetworkId { get; init; } = null!;
}

/// <summary>Creates a volume.</summary>
public sealed record CreateVolume : PlanAction
{
    public required string Volume { get; init; }
    internal CreateVolumeRequest Request { get; init; } = null!;
}

/// <summary>Removes a volume with its data.</summary>
public sealed record RemoveVolume : PlanAction
{
    public required string Volume { get; init; }
}

/// <summary>Creates a container.</summary>
public sealed record CreateContainer : PlanAction
{
    /// <summary>The name it is created under; while another is replaced, a temporary one.</summary>
    public required string Container { get; init; }
    public required string Service { get; init; }
    public int Replica { get; init; }
    internal ContainerSource Source { get; init; } = null!;
}

/// <summary>Starts a container.</summary>
public sealed record StartContainer : PlanAction
{
    public required string Container { get; init; }
    public required string Service { get; init; }
    internal ContainerReference Reference { get; init; } = null!;

    /// <summary>Files put into the container first: secrets and configs that are no files of the host.</summary>
    internal IReadOnlyList<InjectedFile> Files { get; init; } = [];

    /// <summary>Whether the engine picks from a range of host ports: such starts go one after the other. Null where no file tells.</summary>
    internal bool? PicksPorts { get; init; }

    /// <summary>Whether it is a one-off, to which somebody may be attached from its first word on.</summary>
    internal bool OneOff { get; init; }

    /// <summary>Whether the container is paused and goes on rather than starts.</summary>
    internal bool Paused { get; init; }
}

/// <summary>Stops a container.</summary>
public sealed record StopContainer : PlanAction
{
    public required string Container { get; init; }
    public required string Service { get; init; }

    /// <summary>The seconds of grace; null: the container's own.</summary>
    public int? Timeout { get; init; }
    internal ContainerReference Reference { get; init; } = null!;
    internal bool Paused { get; init; }
}

/// <summary>Stops a container and starts it again, in one request.</summary>
public sealed record RestartContainer : PlanAction
{
    public required string Container { get; init; }
    public required string Service { get; init; }

    /// <summary>The seconds of grace; null: the container's own.</summary>
    public int? Timeout { get; init; }
    internal ContainerReference Reference { get; init; } = null!;
    internal bool Paused { get; init; }
}

/// <summary>Freezes every process of a container.</summary>
public sealed record PauseContainer : PlanAction
{
    public required string Container { get; init; }
    public required string Service { get; init; }
    internal ContainerReference Reference { get; init; } = null!;
}

/// <summary>Lets the processes of a paused container go on.</summary>
public sealed record UnpauseContainer : PlanAction
{
    public required string Container { get; init; }
    public required string Service { get; init; }
    internal ContainerReference Reference { get; init; } = null!;
}

/// <summary>Sends a signal to a container's first process.</summary>
public sealed record KillContainer : PlanAction
{
    public required string Container { get; init; }
    public required string Service { get; init; }

    /// <summary>As the user spelled it: SIGHUP, HUP or 1.</summary>
    public required string Signal { get; init; }
    internal ContainerReference Reference { get; init; } = null!;
}

/// <summary>Removes a container.</summary>
public sealed record RemoveContainer : PlanAction
{
    public required string Container { get; init; }
    public required string Service { get; init; }

    /// <summary>Whether its anonymous volumes go too.</summary>
    public bool Volumes { get; init; }

    /// <summary>Anonymous volumes it took over from an earlier container: the engine counts them as named, so they are removed by name.</summary>
    internal IReadOnlyList<string> TakenOver { get; init; } = [];
    internal ContainerReference Reference { get; init; } = null!;
}

/// <summary>Gives a container its final name.</summary>
public sealed record RenameContainer : PlanAction
{
    public required string Container { get; init; }
    public required string NewName { get; init; }
    internal ContainerReference Reference { get; init; } = null!;
}

/// <summary>Waits until a service is as another needs it.</summary>
public sealed record WaitForService : PlanAction
{
    public required string Service { get; init; }

    /// <summary>service_healthy, service_completed_successfully or running_or_healthy.</summary>
    public required string Condition { get; init; }

    /// <summary>The longest wait; null: for ever.</summary>
    public TimeSpan? Timeout { get; init; }
    internal IReadOnlyList<ContainerReference> Containers { get; init; } = null!;
}

/// <summary>Runs a hook's command in a container.</summary>
public sealed record RunHook : PlanAction
{
    public required string Container { get; init; }
    public required string Service { get; init; }

    /// <summary>post_start or pre_stop.</summary>
    public required string Hook { get; init; }
    internal HookDefinition Definition { get; init; } = null!;
    internal ContainerReference Reference { get; init; } = null!;
}

/// <summary>Runs a pre_start hook in a container of its own, before any replica of the service starts; a code other than 0 keeps them from starting.</summary>
public sealed record RunHookContainer : PlanAction
{
    public required string Service { get; init; }
    public required string Image { get; init; }

    /// <summary>pre_start.</summary>
    public required string Hook { get; init; }
    internal HookDefinition Definition { get; init; } = null!;

    /// <summary>What the service's own containers are made from: the hook joins their networks.</summary>
    internal ContainerSource Source { get; init; } = null!;

    /// <summary>The replica whose volumes the hook sees.</summary>
    internal ContainerReference Reference { get; init; } = null!;
}

/// <summary>A file that goes into a container before it starts.</summary>
internal sealed record InjectedFile(string Path, InjectedContent Content, int Mode, int UserId, int GroupId);

/// <summary>Where a file's content comes from. What is secret or large is fetched when it is needed, and never part of a plan.</summary>
internal abstract record InjectedContent
{
    /// <summary>Text the compose file, or a variable, holds.</summary>
    internal sealed record Text(string Value) : InjectedContent
    {
        public override string ToString() => "text";
    }

    /// <summary>A file of this machine; <paramref name="Origin"/> is where the compose file names it.</summary>
    internal sealed record HostFile(string Path, Files.Origin Origin) : InjectedContent;

    /// <summary>Docker's configuration with the logins this machine has.</summary>
    internal sealed record RegistryLogins : InjectedContent;
}
