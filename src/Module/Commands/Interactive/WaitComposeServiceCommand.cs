using System.Diagnostics;
using System.Management.Automation;
using Compose.Execute;
using Compose.Execute.Session;
using Compose.Execute.Waiting;
using Compose.Module.Common;
using Compose.Module.Common.Output;
using Compose.Module.Common.Pipeline;
using Compose.Module.Completion;
using Compose.Plan.Input;
using Compose.State.Choosing;

namespace Compose.Module.Commands;

/// <summary>
/// Waits until containers are ready, running, healthy, ended or reachable, or as a script block wants them, and says why when
/// they never will be.
/// </summary>
[Cmdlet(VerbsLifecycle.Wait, "ComposeService", SupportsShouldProcess = true)]
[OutputType(typeof(ComposeWaitResult))]
public sealed class WaitComposeServiceCommand : PlanCommand
{
    private readonly TargetList _targets = new();

    /// <summary>
    /// The services to wait for; wildcards are allowed; without it, all. With files, also those that have no container yet.
    /// </summary>
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(ServiceCompleter))]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[]? Service { get; set; }

    /// <summary>Single containers to wait for, by name.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(ContainerCompleter))]
    [ValidateNotNullOrEmpty]
    public string[]? Container { get; set; }

    /// <summary>The projects, by name; wildcards are allowed.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("Project")]
    [ArgumentCompleter(typeof(ProjectCompleter))]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public override string[]? ProjectName { get; set; }

    /// <summary>
    /// What to wait for: Ready (healthy where there is a healthcheck, else running), Running, Healthy, Exited, Port (something
    /// answers at the published ports), or a script block that gets each container as $_ and answers true.
    /// </summary>
    [Parameter(Position = 1)]
    [WaitFor]
    [ArgumentCompleter(typeof(WaitForCompleter))]
    public object For { get; set; } = "Ready";

    /// <summary>The container's port something shall answer at; implies -For Port.</summary>
    [Parameter]
    [ValidateRange(1, 65535)]
    public int? Port { get; set; }

    /// <summary>The longest wait; a number means seconds. Without it there is no limit.</summary>
    [Parameter]
    [Seconds]
    [NotNegative]
    public TimeSpan? Timeout { get; set; }

    /// <summary>Removes the project once all that was waited for has ended; implies -For Exited.</summary>
    [Parameter]
    public SwitchParameter DownProject { get; set; }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        if (DownProject && !MyInvocation.BoundParameters.ContainsKey(nameof(For)))
            For = nameof(WaitFor.Exited);
    }

    private protected override bool TakesProjects => true;

    /// <summary>
    /// Refuses -DownProject unless it waits for the containers' end: removing a ready project would end its work.
    /// </summary>
    private string? Conflict() =>
        DownProject && (Port is not null || WaitForAttribute.Read(For) is not (WaitFor.Exited or WaitFor.Condition))
            ? $"-DownProject waits for the end, which contradicts {(Port is null ? $"-For {For}" : "-Port")}."
            : null;

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (!HasFiles)
            _targets.Add(EngineHost, ProjectName!, null, Service, Container);
        else if (LoadUnchecked() is { } project)
            _targets.Add(EngineHost, [project.Name], project, Service, Container);
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        if (Contradicts(Conflict()))
            return;
        var clock = Stopwatch.StartNew();
        foreach (var engine in _targets.ByEngine())
        {
            if (Session(engine.Key) is not { } session)
                continue;
            foreach (var target in Projects(session, engine))
                WaitOn(session, target, clock);
        }
    }

    private void WaitOn(ProjectSession session, TargetList.Target target, Stopwatch clock)
    {
        var request = new WaitRequest
        {
            Choice = new ContainerChoice
            {
                ProjectName = target.ProjectName, Services = target.Services, Containers = target.Containers,
            },
            Project = target.Project,
            For = Port is null ? WaitForAttribute.Read(For) : WaitFor.Port,
            Port = Port,
        };
        if (TryRun((_, cancellationToken) => session.Waits.BeginAsync(request, cancellationToken)) is not { } wait)
            return;
        using (wait)
        {
            if (WaitAll(session, wait, request, clock) && DownProject)
                Down(session, target.ProjectName);
        }
    }

    /// <summary>
    /// Waits until all containers are decided, and writes each result. Returns false after an error or the time limit.
    /// </summary>
    private bool WaitAll(ProjectSession session, ReplicaWait wait, WaitRequest request, Stopwatch clock)
    {
        while (true)
        {
            if (TryRun((sink, cancellationToken) => wait.PollAsync(sink, cancellationToken)) is not { } reached)
                return false;
            WriteObject(reached, enumerateCollection: true);
            if (For is ScriptBlock condition && !Evaluate(session, wait, request, condition))
                return false;
            if (wait.IsOver)
                return true;
            if (Timeout is { } limit && clock.Elapsed >= limit)
            {
                if (TryRun((sink, cancellationToken) => wait.TimeoutErrorAsync(limit, sink, cancellationToken)) is { } late)
                    WriteError(ErrorRecords.From(late));
                return false;
            }

            Run(async (_, cancellationToken) =>
            {
                await wait.WaitForChangeAsync(Timeout - clock.Elapsed, cancellationToken).ConfigureAwait(false);
                return wait;
            });
        }
    }

    /// <summary>Runs the script block, on the pipeline thread, for each container that is still awaited.</summary>
    private bool Evaluate(ProjectSession session, ReplicaWait wait, WaitRequest request, ScriptBlock condition)
    {
        var query = new ContainerQuery { ProjectName = request.Choice.ProjectName, All = true };
        if (TryRun((_, cancellationToken) => session.Containers.ListAsync(query, cancellationToken)) is not { } containers)
            return false;
        wait.Update(containers);
        foreach (var container in wait.Open.ToList())
        {
            if (LanguagePrimitives.IsTrue(condition.InvokeWithContext(null, [new PSVariable("_", container)])))
                WriteObject(wait.Reach(container));
        }

        return true;
    }

    private void Down(ProjectSession session, string projectName)
    {
        var request = new DownRequest { ProjectName = projectName, RemoveOrphans = true };
        if (TryRun((_, cancellationToken) => session.Plans.DownAsync(request, cancellationToken)) is { } plan)
            CarryOut(session, plan);
    }
}
