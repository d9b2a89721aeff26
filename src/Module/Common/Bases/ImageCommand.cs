using System.Collections;
using System.Management.Automation;
using Compose.Execute;
using Compose.Execute.Session;
using Compose.Images.Registry;
using Compose.Model;
using Compose.Module.Common.Parameters;
using Compose.Module.Completion;
using Compose.Plan;
using Compose.Plan.Input;

namespace Compose.Module.Common;

/// <summary>The base of cmdlets that pull, build or push the images of services, and return them.</summary>
public abstract class ImageCommand : PlanCommand
{
    /// <summary>The services whose images are meant; wildcards are allowed; without it, all.</summary>
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(ServiceCompleter))]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[]? Service { get; set; }

    /// <summary>Logins by registry, before those docker knows: @{ 'registry.example' = $credential }.</summary>
    [Parameter]
    [RegistryLogins]
    public Hashtable? RegistryCredential { get; set; }

    private protected override IReadOnlyDictionary<string, RegistryLogin> RegistryLogins =>
        RegistryLoginsAttribute.Read(RegistryCredential);

    /// <summary>The request, from the derived cmdlet's parameters.</summary>
    private protected abstract ImageRequest Request();

    private protected abstract Task<ComposePlan> PlanAsync(
        ProjectSession session, ComposeProject project, ImageRequest request, CancellationToken cancellationToken);

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        var request = Request();
        var project = LoadProject(load => load with
        {
            Services = Service ?? [], NoDependencies = !request.Dependencies, ForCreation = false,
        });
        if (project is null || Named(project, Service) is not { } named || Session(EngineHost) is not { } session)
            return;
        request = request with { Services = named };
        if (TryRun((_, cancellationToken) => PlanAsync(session, project, request, cancellationToken)) is { } plan)
            Finish(session, plan);
    }

    /// <summary>Carries out the plan and writes the images.</summary>
    private protected virtual void Finish(ProjectSession session, ComposePlan plan)
    {
        if (CarryOut(session, plan) is { LostEngine: false } report
            && TryRun((_, cancellationToken) => session.Images.ResultsAsync(report, cancellationToken)) is { } images)
            WriteObject(Complete(plan, images), enumerateCollection: true);
    }

    /// <summary>Lets the derived cmdlet add results or write warnings.</summary>
    private protected virtual IReadOnlyList<ComposeImageResult> Complete(
        ComposePlan plan, IReadOnlyList<ComposeImageResult> results) => results;
}
