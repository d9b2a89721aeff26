using System.Collections;
using System.Management.Automation;
using Compose.Execute;
using Compose.Images;
using Compose.Module.Common;
using Compose.Plan;
using Compose.State;

namespace Compose.Module.Commands;

/// <summary>Brings a project up: pulls and builds what is missing, creates, recreates and starts what the files want.</summary>
[Cmdlet(VerbsLifecycle.Invoke, "ComposeUp", SupportsShouldProcess = true)]
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

    /// <summary>Logins by registry, before those docker knows: @{ 'registry.example' = $credential }.</summary>
    [Parameter]
    [RegistryLogins]
    public Hashtable? RegistryCredential { get; set; }

    private protected override IReadOnlyDictionary<string, RegistryLogin> RegistryLogins => RegistryLoginsAttribute.Read(RegistryCredential);

    private protected override bool AnswersYes => Force;

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (LoadUp() is not { } project || Session(EngineHost) is not { } session)
            return;
        var options = UpOptions() with { NoStart = NoStart, Wait = Wait || WaitTimeout is not null, WaitTimeout = WaitTimeout };
        if (IsWhatIf)
        {
            if (TryRun((_, cancellationToken) => session.PlanUpAsync(project, options, Answers.None, cancellationToken)) is { } plan)
                Approve(plan);
            return;
        }

        var run = session.StartUp(project, options);
        while (NextStage(run) is { } stage)
        {
            WritePlan(stage);
            if (Approve(stage) is not { } execute
                || TryRun((sink, cancellationToken) => run.ExecuteAsync(stage, execute, sink, cancellationToken)) is null)
                break;
        }

        Report(run.Report);
        WriteContainers(session, project.Name, options.Services);
    }

    /// <summary>The next stage, planned again with answers where it asks something.</summary>
    private ComposePlan? NextStage(UpRun run)
    {
        var plan = TryRun((_, cancellationToken) => run.NextAsync(Answers.None, cancellationToken).NotNull());
        if (plan?.Value is not { Questions.Count: > 0 } asking)
            return plan?.Value;
        var answers = Answer(asking);
        return TryRun((_, cancellationToken) => run.NextAsync(answers, cancellationToken).NotNull())?.Value;
    }

    private void WriteContainers(ProjectSession session, string project, IReadOnlyList<string> services)
    {
        var query = new ContainerQuery { ProjectName = project, Services = services, All = true };
        if (TryRun((_, cancellationToken) => session.GetContainersAsync(query, cancellationToken)) is { } containers)
            WriteObject(containers, enumerateCollection: true);
    }
}
