using System.Management.Automation;
using Compose.Errors;
using Compose.Execute;
using Compose.Model;
using Compose.Module.Common;
using Compose.Module.Completion;
using Compose.State;

namespace Compose.Module.Commands;

/// <summary>Lists the services of a project: desired and running replicas, health, ports and, with files, drift.</summary>
[Cmdlet(VerbsCommon.Get, "ComposeService")]
[OutputType(typeof(ComposeService))]
public sealed class GetComposeServiceCommand : ProjectCommand
{
    /// <summary>The services to list; wildcards are allowed.</summary>
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true)]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(ServiceCompleter))]
    [ValidateNotNullOrEmpty]
    public string[]? Service { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        var project = HasFiles ? LoadProject(request => request with { ForCreation = false }) : null;
        var name = project?.Name ?? (HasFiles ? null : ProjectName);
        if (name is null)
            return;
        foreach (var session in Sessions(EngineHost))
            Write(session, name, project);
    }

    private void Write(ProjectSession session, string name, ComposeProject? project)
    {
        if (TryRun((_, cancellationToken) => session.GetServicesAsync(name, project, cancellationToken)) is not { } services)
            return;
        var filter = new NameFilter(Service, StateErrors.ServiceNotFound, $"Project '{name}' has no service");
        WriteObject(filter.Keep(services, service => [service.Service], error => WriteError(ErrorRecords.From(error))), enumerateCollection: true);
    }
}
