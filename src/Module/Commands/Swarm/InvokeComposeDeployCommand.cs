using System.Collections;
using System.Management.Automation;
using Compose.Execute.Session;
using Compose.Images.Registry;
using Compose.Module.Common;
using Compose.Module.Common.Output;
using Compose.Module.Common.Parameters;
using Compose.Module.Completion;
using Compose.Plan;
using Compose.Swarm;
using Compose.Swarm.Operations;
using Compose.Swarm.Plan;
using Compose.Swarm.Run;

namespace Compose.Module.Commands;

/// <summary>
/// Deploys the project to a swarm as a stack: creates what is missing, updates what has changed, and leaves the rest.
/// </summary>
[Cmdlet(VerbsLifecycle.Invoke, "ComposeDeploy", SupportsShouldProcess = true)]
[OutputType(typeof(ComposeStackService))]
public sealed class InvokeComposeDeployCommand : PlanCommand
{
    private DeployRun? _run;
    private bool _isExecuting;

    /// <summary>The stack's name; without it, the project's.</summary>
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(StackCompleter))]
    [ValidateNotNullOrEmpty]
    public string? Stack { get; set; }

    /// <summary>Waits until the tasks of all services run, or have completed where a service is a job.</summary>
    [Parameter]
    public SwitchParameter Wait { get; set; }

    /// <summary>The longest wait for a service; a number means seconds. Without it there is no limit. Implies -Wait.</summary>
    [Parameter]
    [Seconds]
    [NotNegative]
    public TimeSpan? WaitTimeout { get; set; }

    /// <summary>
    /// Lets services wait until those that they depend on run, are healthy or have completed, instead of starting all at once.
    /// </summary>
    [Parameter]
    public SwitchParameter Ordered { get; set; }

    /// <summary>Removes the services, networks, secrets and configs that the stack has and the files do not.</summary>
    [Parameter]
    public SwitchParameter Prune { get; set; }

    /// <summary>Gives services that were scaled by hand the number of replicas of the files.</summary>
    [Parameter]
    public SwitchParameter ResetScale { get; set; }

    /// <summary>
    /// When a registry is asked for an image's digest, so that all nodes run the same: Always; Changed, for new services and
    /// images, which is the default; Never.
    /// </summary>
    [Parameter]
    [ValidateSet("Always", "Changed", "Never")]
    public string ResolveImage { get; set; } = "Changed";

    /// <summary>Takes a service whose update fails back to what it was before. Implies -Wait.</summary>
    [Parameter]
    public SwitchParameter Rollback { get; set; }

    /// <summary>Answers yes where a network would be replaced.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>
    /// Logins by registry, which are sent with the services so that all nodes can pull: @{ 'registry.example' = $credential }.
    /// </summary>
    [Parameter]
    [RegistryLogins]
    public Hashtable? RegistryCredential { get; set; }

    private protected override IReadOnlyDictionary<string, RegistryLogin> RegistryLogins =>
        RegistryLoginsAttribute.Read(RegistryCredential);

    private protected override bool AnswersYes => Force;

    private protected override bool IsForSwarm => true;

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (LoadProject() is not { } project || Session(EngineHost) is not { } session)
            return;
        var options = new DeployOptions
        {
            Stack = Stack,
            Wait = Wait || WaitTimeout is not null || Rollback,
            WaitTimeout = WaitTimeout,
            Ordered = Ordered,
            Prune = Prune,
            ResetScale = ResetScale,
            Rollback = Rollback,
            ResolveImage = ResolveImage.ToLowerInvariant(),
        };
        Deploy(session, new DeployRun(session, project, options));
    }

    /// <summary>What was sent stays; the user has to know whether it goes on.</summary>
    protected override void StopProcessing()
    {
        var (run, isExecuting) = (_run, _isExecuting);
        base.StopProcessing();
        if (run is null || !isExecuting)
            return;
        Host.UI.WriteWarningLine(run.IsWaiting
            ? $"The rollout of stack '{run.Stack}' goes on in the swarm. Get-ComposeTask -Stack {run.Stack} shows how far it is."
            : $"The deployment of stack '{run.Stack}' was interrupted. What was sent stays; deploy again to complete it.");
    }

    private void Deploy(ProjectSession session, DeployRun run)
    {
        if (WriteRefusals(this, run) || Plan(run, Unasked) is not { } plan)
            return;
        var answers = Unasked;
        if (plan.Questions.Count > 0 && !AnswersYes && !IsWhatIf)
        {
            answers = Answer(plan);
            if (answers.Yes.Count > 0 && (plan = Plan(run, answers)) is null)
                return;
        }

        WritePlan(plan);
        if (IsWhatIf)
        {
            foreach (var text in plan.Warnings.Concat(plan.Questions.Select(question => question.Text)))
                WriteWarning(text);
        }

        if (Approve(plan) is not { } options || IsWhatIf)
            return;
        (_run, _isExecuting) = (run, true);
        var report = TryRun((sink, cancellationToken) => run.ExecuteAsync(plan, answers, options, sink, cancellationToken));
        _isExecuting = false;
        if (Report(report) is { LostEngine: false })
            WriteServices(session, run.Stack);
    }

    /// <summary>Writes why the files cannot be deployed; false if they can be.</summary>
    internal static bool WriteRefusals(PSCmdlet cmdlet, DeployRun run)
    {
        foreach (var refusal in run.Refusals)
            cmdlet.WriteError(ErrorRecords.From(refusal));
        return run.Refusals.Count > 0;
    }

    private ComposePlan? Plan(DeployRun run, Answers answers) =>
        TryRun((sink, cancellationToken) => run.PlanAsync(answers, sink, cancellationToken));

    private void WriteServices(ProjectSession session, string stack)
    {
        var services = TryRun((_, cancellationToken) =>
            new StackOperations(session).ServicesAsync(stack, cancellationToken));
        WriteObject(services ?? [], enumerateCollection: true);
    }
}
