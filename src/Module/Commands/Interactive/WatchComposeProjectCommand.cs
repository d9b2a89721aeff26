using System.Management.Automation;
using Compose.Execute.Session;
using Compose.Execute.Watch;
using Compose.Model;
using Compose.Module.Common;
using Compose.Module.Common.Host;
using Compose.Module.Completion;
using Compose.Plan.Input;

namespace Compose.Module.Commands;

/// <summary>
/// Brings a project up, then watches the files its develop sections name and copies, restarts, rebuilds or runs what they say,
/// until it is stopped. Everything it does comes back as an object.
/// </summary>
[Cmdlet(VerbsCommon.Watch, "ComposeProject", SupportsShouldProcess = true)]
[OutputType(typeof(ComposeWatchEvent))]
public sealed class WatchComposeProjectCommand : PlanCommand
{
    /// <summary>The services to watch, with what they depend on; without it, all.</summary>
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(ServiceCompleter))]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[]? Service { get; set; }

    /// <summary>Watches what runs already, and brings nothing up before.</summary>
    [Parameter]
    public SwitchParameter NoUp { get; set; }

    /// <summary>Keeps the images that a rebuild leaves without a name.</summary>
    [Parameter]
    public SwitchParameter NoPrune { get; set; }

    /// <summary>
    /// The version of docker compose a new project is shared with, as 'docker compose version --short' prints it: 2.40.3.
    /// Without it COMPOSE_SHARED_VERSION says it, else it is the newest known. A project that exists keeps its own.
    /// </summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? ComposeVersion { get; set; }

    /// <summary>Where Invoke-ComposeUp would ask, watching keeps the data.</summary>
    private protected override bool KeepsData => true;

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (LoadProject(request => request with { Services = Service ?? [] }) is not { } project
            || Named(project, Service) is not { } named
            || Session(EngineHost) is not { } session)
            return;
        var options = new WatchOptions
        {
            Prune = !NoPrune,
            RuntimeDirectory = IsWhatIf ? null : HostEnvironment.RuntimeDirectory,
        };
        // Before up, so that nothing that changes meanwhile is missed, and nothing is brought up in vain.
        if (TryRun((sink, _) => Task.Run(() => new ProjectWatch(session, project, options, sink))) is not { } watch)
            return;
        using (watch)
        {
            if ((NoUp || BringUp(session, WatchRules.BuildingWatched(project), named))
                && ShouldProcess(project.Name, "Watch files"))
            {
                TryRun(async (sink, cancellationToken) =>
                {
                    await watch.RunAsync(sink, cancellationToken).ConfigureAwait(false);
                    return project;
                });
            }
        }
    }

    /// <summary>Brings the project up. Returns false if that failed or was declined.</summary>
    private bool BringUp(ProjectSession session, ComposeProject project, IReadOnlyList<string> named)
    {
        var options = new UpOptions { Services = named, Release = ComposeVersion };
        if (IsWhatIf)
        {
            Preview(session, project, options);
            return true;
        }

        var run = new UpRun(session, project, options);
        return CarryOut(run) == UpEnd.Completed && run.Report is { Succeeded: true };
    }
}
