using System.Management.Automation;
using Compose.Errors;
using Compose.Execute.Session;
using Compose.Model;
using Compose.Module.Common;
using Compose.Module.Common.Output;
using Compose.Module.Common.Parameters;
using Compose.Module.Completion;
using Compose.State;
using Compose.Swarm;
using Compose.Swarm.Operations;

namespace Compose.Module.Commands;

/// <summary>Lists the services of a project: desired and running replicas, health, ports and, with files, drift.</summary>
[Cmdlet(VerbsCommon.Get, "ComposeService")]
[OutputType(typeof(ComposeService), typeof(ComposeStackService))]
public sealed class GetComposeServiceCommand : ProjectCommand
{
    /// <summary>The services to list; wildcards are allowed.</summary>
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true)]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(ServiceCompleter))]
    [ValidateNotNullOrEmpty]
    public string[]? Service { get; set; }

    /// <summary>The projects, by name; wildcards are allowed.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("Project")]
    [ArgumentCompleter(typeof(ProjectCompleter))]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public override string[]? ProjectName { get; set; }

    /// <summary>The stacks of a swarm whose services to list, by name; wildcards are allowed.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(StackCompleter))]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[]? Stack { get; set; }

    private protected override bool TakesProjects => true;

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (Stack is not null)
        {
            foreach (var session in Sessions(EngineHost))
                WriteStacks(session, Stack);
            return;
        }

        var project = HasFiles ? LoadProject(request => request with { ForCreation = false }) : null;
        if (HasFiles && project is null)
            return;
        foreach (var session in Sessions(EngineHost))
        {
            foreach (var name in Projects(session, project))
                Write(session, name, project);
        }
    }

    private void WriteStacks(ProjectSession session, string[] texts)
    {
        var stacks = new StackOperations(session);
        foreach (var stack in TryRun((_, cancellationToken) => stacks.FindAsync(texts, cancellationToken)) ?? [])
        {
            if (TryRun((_, cancellationToken) => stacks.ServicesAsync(stack, cancellationToken)) is not { } services)
                continue;
            var filter = new NameFilter(Service, missing =>
                StackErrors.ServiceNotFound.Info($"Stack '{stack}' has no service '{missing}'.", missing));
            WriteObject(
                filter.Keep(services, service => [service.Service], error => WriteError(ErrorRecords.From(error))),
                enumerateCollection: true);
        }
    }

    private void Write(ProjectSession session, string name, ComposeProject? project)
    {
        if (TryRun((_, cancellationToken) =>
            session.Projects.ServicesAsync(name, project, cancellationToken)) is not { } services)
            return;
        var filter = new NameFilter(Service, missing =>
            StateErrors.ServiceNotFound.Info($"Project '{name}' has no service '{missing}'.", missing));
        WriteObject(
            filter.Keep(services, service => [service.Service], error => WriteError(ErrorRecords.From(error))),
            enumerateCollection: true);
    }
}
