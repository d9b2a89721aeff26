using System.Collections;
using System.Management.Automation;
using Compose.Execute;
using Compose.Images;
using Compose.Model;
using Compose.Module.Common;
using Compose.Plan;
using Compose.State;

namespace Compose.Module.Commands;

/// <summary>Brings a project up: pulls and builds what is missing, creates, recreates and starts what the files want.</summary>
[Cmdlet(VerbsLifecycle.Invoke, "ComposeUp", SupportsShouldProcess = true, DefaultParameterSetName = UpSet)]
[OutputType(typeof(ComposeContainer))]
[Alias("compose-up")]
public sealed class InvokeComposeUpCommand : UpCommand
{
    /// <summary>Creates containers without starting them.</summary>
    [Parameter]
    public SwitchParameter NoStart { get; set; }

    /// <summary>Waits until every service runs, or is healthy where it has a healthcheck.</summary>
    [Parameter]
    public SwitchParameter Wait { get; set; }

    /// <summary>How long to wait; a number means seconds.</summary>
    [Parameter]
    [Seconds]
    public TimeSpan? WaitTimeout { get; set; }

    /// <summary>Answers yes where data would be lost.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>
    /// A plan of Get-ComposePlan, looked at or saved and read back: it is made again, and carried out only if neither its files
    /// nor what it would do have changed.
    /// </summary>
    [Parameter]
    public PSObject? Plan { get; set; }

    /// <summary>Logins by registry, before those docker knows: @{ 'registry.example' = $credential }.</summary>
    [Parameter]
    [RegistryLogins]
    public Hashtable? RegistryCredential { get; set; }

    private protected override IReadOnlyDictionary<string, RegistryLogin> RegistryLogins => RegistryLoginsAttribute.Read(RegistryCredential);

    private protected override bool AnswersYes => Force;

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        ReviewedPlan? reviewed = null;
        if (Plan is not null && (reviewed = Reviewed(Plan)) is null)
            return;
        if (LoadUp() is not { } project || Session(reviewed?.EngineHost ?? EngineHost) is not { } session)
            return;
        if (reviewed is not null && !StillHolds(reviewed, project, session))
            return;
        var options = UpOptions() with { NoStart = NoStart, Wait = Wait || WaitTimeout is not null, WaitTimeout = WaitTimeout };
        if (IsWhatIf)
        {
            if (TryRun((_, cancellationToken) => session.PlanUpAsync(project, options, Answers.None, cancellationToken)) is { } plan)
                Approve(plan);
            return;
        }

        var run = session.StartUp(project, options);
        CarryOut(run);
        WriteContainers(session, project.Name, options.Services);
    }

    /// <summary>The plan, whose parameters this run takes over; null with the error written.</summary>
    private ReviewedPlan? Reviewed(PSObject given)
    {
        if (ReviewedPlan.Read(given) is not { } plan)
        {
            WriteError(new ErrorRecord(new PSArgumentException("This is no plan of Get-ComposePlan."), "NotAComposePlan", ErrorCategory.InvalidArgument, given));
            return null;
        }

        Take(plan);
        return plan;
    }

    /// <summary>Whether the plan, made again, is the same; else the error says what has changed since it was looked at.</summary>
    private bool StillHolds(ReviewedPlan reviewed, ComposeProject project, ProjectSession session)
    {
        if (TryRun((_, cancellationToken) => session.PlanUpAsync(project, UpOptions(), Answers.None, cancellationToken)) is not { } now)
            return false;
        var changed = reviewed.ChangedFiles(project);
        if (changed.Count == 0 && now.Text == reviewed.Text)
            return true;
        var cause = changed.Count > 0 ? $"these files changed: {string.Join(", ", changed)}" : "the project on the engine changed";
        var message = $"{project.Name}: the plan was not carried out, for since it was made {cause}.";
        WriteError(new ErrorRecord(new InvalidOperationException(message), "PlanChanged", ErrorCategory.InvalidOperation, now)
        {
            ErrorDetails = new ErrorDetails(message) { RecommendedAction = "Look at the new plan, which is the target of this error, or make one with Get-ComposePlan." },
        });
        return false;
    }

    private void WriteContainers(ProjectSession session, string project, IReadOnlyList<string> services)
    {
        var query = new ContainerQuery { ProjectName = project, Services = services, All = true };
        if (TryRun((_, cancellationToken) => session.GetContainersAsync(query, cancellationToken)) is { } containers)
            WriteObject(containers, enumerateCollection: true);
    }
}
