using System.Management.Automation;
using Compose.Errors;
using Compose.Execute.Session;
using Compose.Module.Common;
using Compose.Module.Common.Output;
using Compose.Module.Common.Parameters;
using Compose.Module.Completion;
using Compose.State;

namespace Compose.Module.Commands;

/// <summary>Lists the compose projects of an engine.</summary>
[Cmdlet(VerbsCommon.Get, "ComposeProject")]
[OutputType(typeof(ComposeProjectInfo))]
public sealed class GetComposeProjectCommand : EngineCommand
{
    /// <summary>The projects to list; wildcards are allowed.</summary>
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true)]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(ProjectCompleter))]
    [ValidateNotNullOrEmpty]
    public string[]? ProjectName { get; set; }

    /// <summary>Lists projects without a running container too.</summary>
    [Parameter]
    public SwitchParameter All { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (var session in Sessions(EngineHost))
            Write(session);
    }

    /// <summary>Whether -ProjectName has the project's full name; such a project is listed even if it does not run.</summary>
    private bool IsNamed(string project) => ProjectName?.Contains(project, StringComparer.OrdinalIgnoreCase) == true;

    private void Write(ProjectSession session)
    {
        if (TryRun((_, cancellationToken) => session.Projects.ListAsync(all: true, cancellationToken)) is not { } projects)
            return;
        var filter = new NameFilter(ProjectName, name => StateErrors.NoProject(session.EngineHost, name));
        var named = filter.Keep(projects, project => [project.ProjectName], error => WriteError(ErrorRecords.From(error)));
        WriteObject(named.Where(
            project => All || project.Running > 0 || IsNamed(project.ProjectName)), enumerateCollection: true);
    }
}
