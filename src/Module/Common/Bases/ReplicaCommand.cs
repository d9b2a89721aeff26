using System.Management.Automation;
using Compose.Execute.Session;
using Compose.Module.Completion;
using Compose.State;
using Compose.State.Choosing;

namespace Compose.Module.Common;

/// <summary>
/// The base of cmdlets for one container of a service: the first replica, the one with -Index, or the piped one.
/// </summary>
public abstract class ReplicaCommand : ProjectCommand
{
    /// <summary>The service.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(ServiceCompleter))]
    public string? Service { get; set; }

    /// <summary>The container itself, by name: what a piped object says.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(ContainerCompleter))]
    [ValidateNotNullOrEmpty]
    public string? Container { get; set; }

    /// <summary>The number of the replica; without it, the first.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int? Index { get; set; }

    /// <summary>The container to select, from the parameters; null, with errors, if the project cannot be loaded.</summary>
    private protected ReplicaChoice? Choice()
    {
        var name = FindProjectName();
        return name is null
            ? null
            : new ReplicaChoice { ProjectName = name, Service = Service!, Container = Container, Index = Index };
    }

    /// <summary>The containers that match a choice, with one-offs; null, with the error written, if none does.</summary>
    private protected IReadOnlyList<ComposeContainer>? Containers(ProjectSession session, ReplicaChoice choice) =>
        TryRun((_, cancellationToken) => session.Containers.ChooseAsync(choice with { OneOffs = true }, cancellationToken));
}
