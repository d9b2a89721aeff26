using System.Management.Automation;
using Compose.Execute;
using Compose.Module.Common;
using Compose.Module.Completion;
using Compose.State;

namespace Compose.Module.Commands;

/// <summary>Lists the containers of a project.</summary>
[Cmdlet(VerbsCommon.Get, "ComposeContainer")]
[OutputType(typeof(ComposeContainer))]
public sealed class GetComposeContainerCommand : ProjectCommand
{
    /// <summary>The services whose containers to list; wildcards are allowed.</summary>
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true)]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(ServiceCompleter))]
    public string[]? Service { get; set; }

    /// <summary>Lists stopped containers and one-offs too.</summary>
    [Parameter]
    public SwitchParameter All { get; set; }

    /// <summary>Lists containers in these states only.</summary>
    [Parameter]
    [ValidateSet("Created", "Running", "Paused", "Restarting", "Removing", "Exited", "Dead")]
    public string[]? Status { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        var name = FindProjectName();
        if (name is null)
            return;
        foreach (var session in Sessions(EngineHost))
            Write(session, new ContainerQuery { ProjectName = name, All = All, States = Status ?? [] });
    }

    private void Write(ProjectSession session, ContainerQuery query)
    {
        if (TryRun((_, cancellationToken) => session.GetContainersAsync(query, cancellationToken)) is not { } containers)
            return;
        var patterns = (Service ?? ["*"]).Select(pattern => new WildcardPattern(pattern, WildcardOptions.IgnoreCase)).ToList();
        WriteObject(containers.Where(container => patterns.Any(pattern => pattern.IsMatch(container.Service))), enumerateCollection: true);
    }
}
