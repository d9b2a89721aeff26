using System.Management.Automation;
using Compose.Errors;
using Compose.Execute.Operations;
using Compose.Module.Common;
using Compose.Module.Common.Host;
using Compose.Module.Common.Output;
using Compose.Module.Common.Parameters;
using Compose.Module.Common.Pipeline;
using Compose.Module.Completion;

namespace Compose.Module.Commands;

/// <summary>
/// Writes a compose file that makes containers like those that are there, of compose or not: what differs from the image's
/// defaults, and nothing else. One text for all containers of an engine, and one for each project.
/// </summary>
[Cmdlet(VerbsData.ConvertTo, "ComposeFile")]
[OutputType(typeof(string))]
public sealed class ConvertToComposeFileCommand : EngineCommand
{
    private readonly List<(string? EngineHost, string? Project, string? Service, string? Container)> _given = [];

    /// <summary>The containers, by name or id.</summary>
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(ContainerCompleter))]
    [ValidateNotNullOrEmpty]
    public string[]? Container { get; set; }

    /// <summary>A name or id of a container, or an object of this module that names one, a service or a project.</summary>
    [Parameter(ValueFromPipeline = true)]
    public PSObject? InputObject { get; set; }

    /// <summary>A project all of whose containers are meant.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(ProjectCompleter))]
    [ValidateNotNullOrEmpty]
    public string? ProjectName { get; set; }

    /// <summary>The services of the project.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(ServiceCompleter))]
    [ValidateNotNullOrEmpty]
    public string[]? Service { get; set; }

    /// <summary>The project's name in the file; without it, that of the containers.</summary>
    [Parameter]
    [ValidatePattern("^[a-z0-9][a-z0-9_-]*$", Options = System.Text.RegularExpressions.RegexOptions.None)]
    public string? Name { get; set; }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        if (ProjectName is not null && SeveralProjects.AreNamed([ProjectName]))
            ThrowTerminatingError(ErrorRecords.From(SeveralProjects.Error(MyInvocation.MyCommand.Name, [ProjectName])));
    }

    /// <inheritdoc/>
    protected override void ProcessRecord() => InputBinding.ForEach(this, AddGiven);

    private void AddGiven()
    {
        string[] containers = InputObject?.BaseObject is string name ? [name] : Container ?? [];
        if (containers.Length > 0)
            _given.AddRange(containers.Select(container => (EngineHost, (string?)null, (string?)null, (string?)container)));
        else if (ProjectName is not null)
            _given.AddRange(
                (Service is { Length: > 0 } services ? services : [""])
                    .Select(service => (EngineHost, (string?)ProjectName, service.Length > 0 ? service : null, (string?)null)));
        else
            WriteError(
                ErrorRecords.From(
                    ModuleErrors.NothingToDescribe.Info(
                        "There is nothing to describe: neither a container nor a project is named.", InputObject)));
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        foreach (var group in _given.GroupBy(given => (given.EngineHost, given.Project)))
        {
            if (Session(group.Key.EngineHost) is not { } session)
                continue;
            var request = new DescribeRequest
            {
                Containers = [.. group.Select(given => given.Container).OfType<string>().Distinct()],
                ProjectName = group.Key.Project,
                Services = group.Any(given => given.Service is null)
                    ? []
                    : [.. group.Select(given => given.Service).OfType<string>().Distinct()],
                Name = Name,
            };
            if (TryRun((sink, cancellationToken) =>
                session.Describe.ComposeFileAsync(request, sink, cancellationToken).NotNull()) is { Value: { } text })
                WriteObject(text);
        }
    }
}
