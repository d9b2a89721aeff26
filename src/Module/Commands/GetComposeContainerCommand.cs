using System.Management.Automation;
using Compose.Errors;
using Compose.Execute;
using Compose.Model;
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
    [ValidateNotNullOrEmpty]
    public string[]? Service { get; set; }

    /// <summary>Lists stopped containers and one-offs too.</summary>
    [Parameter]
    public SwitchParameter All { get; set; }

    /// <summary>Lists containers in these states only.</summary>
    [Parameter]
    [ValidateSet("Created", "Running", "Paused", "Restarting", "Removing", "Exited", "Dead")]
    public string[]? Status { get; set; }

    private bool _isTyped;

    /// <summary>A service that an object brings along is there, with containers or without.</summary>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        _isTyped = Service is not null;
    }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        var project = HasFiles ? LoadUnchecked() : null;
        if ((HasFiles ? project?.Name : ProjectName) is not { } name)
            return;
        var query = new ContainerQuery { ProjectName = name, All = All, States = Status ?? [] };
        IReadOnlyList<string>? known = project is null ? null : [.. project.Services.Keys, .. project.DisabledServices.Keys];
        foreach (var session in Sessions(EngineHost))
            Write(session, query, known);
    }

    private void Write(ProjectSession session, ContainerQuery query, IReadOnlyList<string>? known)
    {
        if (TryRun((_, cancellationToken) => session.GetContainersAsync(query, cancellationToken)) is not { } containers)
            return;
        var named = Service is null ? null : NamePattern.Meant(Service, containers.Select(container => container.Service));
        WriteObject(named is null ? containers : containers.Where(container => named.Contains(container.Service)), enumerateCollection: true);
        if (!_isTyped)
            return;
        foreach (var name in Service!.Where(IsUnlisted))
            WriteUnknown(session, query, name, known is not null);

        bool IsUnlisted(string name) =>
            !NamePattern.IsPattern(name) && NamePattern.Meant(name, [.. known ?? [], .. named!]).Count == 0;
    }

    /// <summary>
    /// A service of which nothing is listed is unknown where it has no container at all. Without files it may as well be scaled
    /// to 0.
    /// </summary>
    private void WriteUnknown(ProjectSession session, ContainerQuery query, string name, bool hasFiles)
    {
        var all = new ContainerQuery { ProjectName = query.ProjectName, All = true };
        if (TryRun((_, cancellationToken) => session.GetContainersAsync(all, cancellationToken)) is { } containers && NamePattern.Meant(name, containers.Select(container => container.Service)).Count == 0)
        {
            var text = $"Project '{query.ProjectName}' has no container of service '{name}'.";
            if (hasFiles)
                WriteError(ErrorRecords.From(StateErrors.ServiceNotFound.Info(text, name)));
            else
                WriteWarning(text);
        }
    }
}
