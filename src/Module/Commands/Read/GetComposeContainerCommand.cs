using System.Management.Automation;
using Compose.Errors;
using Compose.Execute.Session;
using Compose.Model;
using Compose.Model.Naming;
using Compose.Module.Common;
using Compose.Module.Common.Output;
using Compose.Module.Common.Pipeline;
using Compose.Module.Completion;
using Compose.State;

namespace Compose.Module.Commands;

/// <summary>Lists the containers of a project.</summary>
[Cmdlet(VerbsCommon.Get, "ComposeContainer")]
[OutputType(typeof(ComposeContainer))]
public sealed class GetComposeContainerCommand : ProjectCommand
{
    /// <summary>
    /// The containers to list, by name; wildcards are allowed. One that is named in full is listed, whether it runs or not.
    /// </summary>
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true)]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(ContainerCompleter))]
    [ValidateNotNullOrEmpty]
    public string[]? Container { get; set; }

    /// <summary>The services whose containers to list; wildcards are allowed.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
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

    /// <summary>Lists stopped containers and one-offs too.</summary>
    [Parameter]
    public SwitchParameter All { get; set; }

    /// <summary>Lists containers in these states only.</summary>
    [Parameter]
    [ValidateSet("Created", "Running", "Paused", "Restarting", "Removing", "Exited", "Dead")]
    public string[]? Status { get; set; }

    /// <summary>
    /// An object of this module whose EngineHost, ProjectName, Service and Container say what to list; of a volume or network,
    /// the containers that use it.
    /// </summary>
    [Parameter(ValueFromPipeline = true, DontShow = true)]
    public PSObject? InputObject { get; set; }

    private bool _isTyped;

    private protected override bool TakesProjects => true;

    private protected override bool TakesFilesWithInput => true;

    /// <summary>
    /// Remembers whether -Service was typed. The service of a piped object is known to exist, so having no container is no error.
    /// </summary>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        _isTyped = Service is not null;
    }

    /// <inheritdoc/>
    protected override void ProcessRecord() => InputBinding.ForEach(this, List);

    private void List()
    {
        if (IsUnidentified(InputObject))
            return;
        var project = HasFiles ? LoadUnchecked() : null;
        if (HasFiles && project is null)
            return;
        foreach (var session in Sessions(EngineHost))
        {
            foreach (var name in Projects(session, project))
                Write(session, name, project);
        }
    }

    private void Write(ProjectSession session, string name, ComposeProject? project)
    {
        var query = new ContainerQuery
        {
            ProjectName = name,
            All = All || Container is not null,
            States = Container is null ? Status ?? [] : [],
            Volume = UsedBy("Volume"),
            Network = UsedBy("Network"),
        };
        if (TryRun((_, cancellationToken) => session.Containers.ListAsync(query, cancellationToken)) is not { } containers)
            return;
        var isUse = query.Volume is not null || query.Network is not null;
        if (containers.Count == 0 && project is null && !isUse && !ProjectExists(session, name))
            return;
        if (Container is not null)
            WriteNamed(name, containers);
        else
            WriteOfServices(session, name, containers, project);
    }

    /// <summary>The engine's name of a piped volume or network; null for other objects.</summary>
    private string? UsedBy(string kind) =>
        InputObject?.Properties[kind] is not null ? InputObject.Properties["Name"]?.Value as string : null;

    /// <summary>Whether the project exists on the engine. If not, writes the error.</summary>
    private bool ProjectExists(ProjectSession session, string name) =>
        TryRun((_, cancellationToken) => session.Projects.RequireAsync(name, cancellationToken)) is not null;

    private void WriteNamed(string project, IReadOnlyList<ComposeContainer> containers)
    {
        var names = containers.Select(container => container.Container).ToList();
        var matches = NamePattern.Matches(Container!, names);
        WriteObject(containers.Where(container => matches.Contains(container.Container))
            .Where(IsListed), enumerateCollection: true);
        foreach (var unknown in NamePattern.Unknown(Container!, names))
        {
            WriteError(ErrorRecords.From(
                EngineErrors.ContainerNotFound.Info($"Project '{project}' has no container '{unknown}'.", unknown,
                "Get-ComposeContainer -All lists the containers of a project; -Service lists those of a service.")));
        }
    }

    /// <summary>
    /// Whether to list a container that -Container matches: if it has a requested state, or by default if it is named in full
    /// or is up.
    /// </summary>
    private bool IsListed(ComposeContainer container) => Status is not null
        ? Status.Contains(container.State, StringComparer.OrdinalIgnoreCase)
        : All || Container!.Contains(container.Container, StringComparer.OrdinalIgnoreCase)
        || (!container.OneOff && container.IsUp);

    private void WriteOfServices(
        ProjectSession session, string name, IReadOnlyList<ComposeContainer> containers, ComposeProject? project)
    {
        var services = containers.Select(container => container.Service).ToList();
        var named = Service is null ? null : NamePattern.Matches(Service, services);
        WriteObject(
            named is null ? containers : containers.Where(container => named.Contains(container.Service)),
            enumerateCollection: true);
        if (!_isTyped)
            return;
        IEnumerable<string> known = [.. project?.Services.Keys ?? [], .. project?.DisabledServices.Keys ?? [], .. services];
        foreach (var unlisted in NamePattern.Unknown(Service!, known))
            WriteUnknown(session, name, unlisted, project is not null);
    }

    /// <summary>
    /// Reports a service of which no container is listed, if it has none in any state. Without files that may also mean that
    /// it is scaled to 0.
    /// </summary>
    private void WriteUnknown(ProjectSession session, string project, string service, bool hasFiles)
    {
        var all = new ContainerQuery { ProjectName = project, All = true };
        if (TryRun((_, cancellationToken) => session.Containers.ListAsync(all, cancellationToken)) is not { } containers
            || NamePattern.Matches(service, containers.Select(container => container.Service)).Count > 0)
            return;
        var text = $"Project '{project}' has no container of service '{service}'.";
        if (hasFiles)
            WriteError(ErrorRecords.From(StateErrors.ServiceNotFound.Info(text, service)));
        else
            WriteWarning(text);
    }
}
