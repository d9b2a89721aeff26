using System.Collections;
using System.Management.Automation;
using Compose.Errors;
using Compose.Execute.Attached;
using Compose.Execute.Session;
using Compose.Images.Registry;
using Compose.Model;
using Compose.Module.Common;
using Compose.Module.Common.Output;
using Compose.Module.Common.Parameters;
using Compose.Module.Common.Pipeline;
using Compose.Module.Completion;
using Compose.Module.Terminal;
using Compose.Plan;
using Compose.State;
using Compose.Streams;

namespace Compose.Module.Commands;

/// <summary>Brings a project up: pulls and builds what is missing, creates, recreates and starts what the files want.</summary>
[Cmdlet(VerbsLifecycle.Invoke, "ComposeUp", SupportsShouldProcess = true, DefaultParameterSetName = UpSet)]
[OutputType(typeof(ComposeContainer), typeof(ComposeLogEntry), typeof(ComposeCommandResult))]
[Alias("compose-up")]
public sealed class InvokeComposeUpCommand : UpCommand
{
    private readonly TargetList _piped = new();

    /// <summary>Creates containers without starting them.</summary>
    [Parameter]
    public SwitchParameter NoStart { get; set; }

    /// <summary>Waits until every service runs, or is healthy where it has a healthcheck.</summary>
    [Parameter]
    public SwitchParameter Wait { get; set; }

    /// <summary>The longest wait; a number means seconds. Without it there is no limit. Implies -Wait.</summary>
    [Parameter]
    [Seconds]
    [NotNegative]
    public TimeSpan? WaitTimeout { get; set; }

    /// <summary>
    /// Stays and returns the lines the containers write, until all have ended. At a console the first Ctrl+C stops the
    /// containers, the second kills them, and d leaves them running; stopping the pipeline in any other way leaves them running,
    /// too.
    /// </summary>
    [Parameter]
    public SwitchParameter Attach { get; set; }

    /// <summary>Stays, and returns the lines of these services only.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(ServiceCompleter))]
    public string[]? AttachTo { get; set; }

    /// <summary>Leaves the lines of these services out.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(ServiceCompleter))]
    public string[]? NoAttach { get; set; }

    /// <summary>Stays, and returns the lines of what the named services depend on, too.</summary>
    [Parameter]
    public SwitchParameter AttachDependency { get; set; }

    /// <summary>Stays, stops all containers when the first ends, and returns how that one ended.</summary>
    [Parameter]
    public SwitchParameter AbortOnContainerExit { get; set; }

    /// <summary>
    /// Stays, stops all containers when the first ends with a code other than 0, and returns how that one ended.
    /// </summary>
    [Parameter]
    public SwitchParameter AbortOnContainerFailure { get; set; }

    /// <summary>Stays, stops all containers when the first ends, and returns how the container of this service ended.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(ServiceCompleter))]
    public string? ExitCodeFrom { get; set; }

    /// <summary>Answers yes where data would be lost.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>
    /// A plan of Get-ComposePlan, looked at or saved and read back: it is made again, and carried out only if neither its files
    /// nor what it would do have changed.
    /// </summary>
    [Parameter]
    public PSObject? Plan { get; set; }

    /// <summary>
    /// What is piped: a plan to carry out, or an object of this module whose EngineHost and ProjectName say what to bring up.
    /// </summary>
    [Parameter(ValueFromPipeline = true, DontShow = true)]
    public PSObject? InputObject { get; set; }

    /// <summary>Logins by registry, before those docker knows: @{ 'registry.example' = $credential }.</summary>
    [Parameter]
    [RegistryLogins]
    public Hashtable? RegistryCredential { get; set; }

    private protected override IReadOnlyDictionary<string, RegistryLogin> RegistryLogins =>
        RegistryLoginsAttribute.Read(RegistryCredential);

    private protected override bool AnswersYes => Force;

    /// <summary>With -NoStart nothing to create is not an error, as with docker compose create.</summary>
    private protected override bool NeedsService => !NoStart;

    /// <inheritdoc/>
    protected override void ProcessRecord() => InputBinding.ForEach(this, TakeRecord);

    private void TakeRecord()
    {
        if (IsUnidentified(InputObject))
            return;
        if (IsGivenPlan || !TakesInput)
            BringUp();
        else
            _piped.Add(EngineHost, [Project!], null, Service, null);
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        InputObject = null;
        foreach (var target in _piped.ByProject())
        {
            (EngineHost, ProjectName, Service) = (target.EngineHost, [target.ProjectName], [.. target.Services]);
            BringUp();
        }
    }

    private void BringUp()
    {
        ReviewedPlan? reviewed = null;
        if (IsGivenPlan && (reviewed = Reviewed(Plan ?? InputObject)) is null)
            return;
        if (LoadUp() is not { } project || Session(reviewed?.EngineHost ?? EngineHost) is not { } session)
            return;
        if (reviewed is not null && !StillHolds(reviewed, project, session))
            return;
        var options = UpOptions() with { NoStart = NoStart, Wait = Wait || WaitTimeout is not null, WaitTimeout = WaitTimeout };
        if (IsWhatIf)
        {
            Preview(session, project, options);
            return;
        }

        var run = new UpRun(session, project, options) { ChecksEffects = !IsAttached };
        if (IsAttached)
        {
            if (AttachOptions(project) is { } attach)
                Stay(session, project, run, attach);
            return;
        }

        if (CarryOut(run) != UpEnd.BrokenOff)
            WriteContainers(session, run, project.Name, options.Services);
    }

    /// <summary>Whether a plan was given, even null, which is then an error.</summary>
    private bool IsGivenPlan => MyInvocation.BoundParameters.ContainsKey(nameof(Plan)) || ReviewedPlan.IsPlan(InputObject);

    private bool IsAttached =>
        Attach
            || AttachTo is not null
            || AttachDependency
            || AbortOnContainerExit
            || AbortOnContainerFailure
            || ExitCodeFrom is not null;

    /// <inheritdoc/>
    private protected override string? Conflict() =>
        AbortOnContainerExit
            && AbortOnContainerFailure ? "-AbortOnContainerExit and -AbortOnContainerFailure contradict each other."
        : AttachTo is not null && AttachDependency ? "-AttachTo and -AttachDependency contradict each other."
        : IsAttached
            && (Wait || WaitTimeout is not null || NoStart) ? "-Wait and -NoStart contradict -Attach and what implies it."
        : base.Conflict();

    /// <summary>
    /// The services to show and when to end; null, with the error written, if a service is named that is not brought up.
    /// </summary>
    private AttachOptions? AttachOptions(ComposeProject project)
    {
        if ((AttachTo ?? []).Concat(ExitCodeFrom is null ? [] : [ExitCodeFrom]).FirstOrDefault(name =>
            !project.Services.ContainsKey(name)) is { } unknown)
        {
            WriteError(
                ErrorRecords.From(
                    PlanErrors.ServiceNotDefined.Info(
                        $"Service '{unknown}' is not brought up, so there is nothing to attach to.", unknown)));
            return null;
        }

        var named = NamedServices.Count > 0 && !AttachDependency
            ? project.Services.Values.Where(service => NamedServices.Contains(service.Name))
            : project.Services.Values;
        var shown = AttachTo ?? named.Where(service => service.Attach != false).Select(service => service.Name);
        return new AttachOptions
        {
            Shown = [.. shown.Except(NoAttach ?? [])],
            Services = NamedServices,
            AbortOnExit = AbortOnContainerExit || (ExitCodeFrom is not null && !AbortOnContainerFailure),
            AbortOnFailure = AbortOnContainerFailure,
            ExitCodeFrom = ExitCodeFrom,
            Timeout = Timeout,
        };
    }

    /// <summary>
    /// Brings the project up and stays attached. At a console, Ctrl+C is read as a key and stops the containers; stopping the
    /// pipeline in another way leaves them running.
    /// </summary>
    private void Stay(ProjectSession session, ComposeProject project, UpRun run, AttachOptions options)
    {
        var signals = new AttachSignals();
        var attached = new AttachedUp(session, project, run, options, signals);
        AttachKeys? keys = null;
        try
        {
            CarryOut(run, async (stage, execute, sink, cancellationToken) =>
            {
                using (keys = run.IsConverging && ConsoleTerminal.IsAvailable ? AttachKeys.Listen(Host, signals, sink) : null)
                    return await attached.ExecuteAsync(
                        stage, execute, keys is null ? sink : AttachKeys.WithoutProgress(sink),
                        cancellationToken).ConfigureAwait(false);
            });
        }
        finally
        {
            // The work may outlive a stopped pipeline, but the keys must be the shell's again.
            keys?.Dispose();
        }

        if (attached.Result is { } result)
            CommandResults.Write(this, result, streamed: false);
    }

    /// <summary>
    /// Reads the plan and sets the parameters to the plan's; null, with the error written, if it cannot be used.
    /// </summary>
    private ReviewedPlan? Reviewed(PSObject? given)
    {
        if (ReviewedPlan.Read(given) is not { } plan)
        {
            var cause = given is null ? "The plan is null; without -Plan, up would be carried out unseen."
                : ReviewedPlan.IsPlan(given)
                    ? "This is a plan of Get-ComposePlan -Down or -Replicas; only one of up can be carried out."
                : "This is no plan of Get-ComposePlan.";
            WriteError(ErrorRecords.From(ModuleErrors.NotAComposePlan.Info(cause, given)));
            return null;
        }

        if (Contradicts(
            Overrides() is { } name ? $"-Plan says what -{name} was when it was made; -{name} cannot be given again." : null))
            return null;
        Take(plan);
        return plan;
    }

    /// <summary>Whether the plan, made again, is the same. If not, writes the error with what has changed.</summary>
    private bool StillHolds(ReviewedPlan reviewed, ComposeProject project, ProjectSession session)
    {
        if (TryRun((_, cancellationToken) =>
            session.Plans.UpAsync(project, UpOptions(), Answers.None, cancellationToken)) is not { } now)
            return false;
        var files = reviewed.ChangedFiles(project);
        var definitions = reviewed.ChangedDefinitions(project);
        if (files.Count == 0 && definitions.Count == 0 && now.Text == reviewed.Text)
            return true;
        var cause = files.Count > 0 ? $"these files changed: {string.Join(", ", files)}"
            : definitions.Count > 0
                ? $"a variable or an environment file changed what it is about: {string.Join(", ", definitions)}"
            : "the project on the engine changed";
        WriteError(
            ErrorRecords.From(
                ModuleErrors.PlanChanged.Info(
                    $"{project.Name}: the plan was not carried out, for since it was made {cause}.", now)));
        return false;
    }

    private void WriteContainers(ProjectSession session, UpRun run, string project, IReadOnlyList<string> services)
    {
        var containers = run.Containers
            ?? TryRun((_, cancellationToken) => session.Containers.OfProjectAsync(project, cancellationToken));
        foreach (var container in containers ?? [])
        {
            if (services.Count == 0 || services.Contains(container.Service))
                WriteObject(container);
        }
    }
}
