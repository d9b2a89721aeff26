using System.Management.Automation;
using Compose.Events;
using Compose.Execute;
using Compose.Execute.Session;
using Compose.Module.Common.Host;
using Compose.Module.Common.Output;
using Compose.Module.Common.Pipeline;
using Compose.Plan;

namespace Compose.Module.Common;

/// <summary>
/// A cmdlet that carries out plans: asks once per operation, and where data would be lost, then executes and reports.
/// </summary>
public abstract class PlanCommand : ProjectCommand
{
    private DataPrompt? _prompt;

    /// <summary>Whether every question is answered yes.</summary>
    private protected virtual bool AnswersYes => false;

    /// <summary>Whether operations are carried out without asking; -WhatIf still holds.</summary>
    private protected virtual bool AsksNothing => false;

    /// <summary>Approves and executes a plan that has no stages.</summary>
    private protected ExecutionReport? CarryOut(ProjectSession session, ComposePlan plan)
    {
        WritePlan(plan);
        return Approve(plan) is { } options
            ? Report(TryRun((sink, cancellationToken) => session.ExecuteAndCheckAsync(plan, options, sink, cancellationToken)))
            : null;
    }

    /// <summary>
    /// Plans and carries out what is named, engine by engine. Whether data may go is asked once, for all projects.
    /// </summary>
    private protected void CarryOut(TargetList targets, Func<ProjectSession, TargetList.Target, ProjectChange?> plan)
    {
        var changes = new List<ProjectChange>();
        foreach (var engine in targets.ByEngine())
        {
            if (Session(engine.Key) is { } session)
                changes.AddRange(Projects(session, engine).Select(target => plan(session, target)).OfType<ProjectChange>());
        }

        var losesData = AgreesToLoss([.. changes.SelectMany(change => change.Plan.Questions)]);
        foreach (var change in changes)
        {
            var agreed = losesData || change.Plan.Questions.Count == 0 ? change.Plan : change.Keeping();
            if (agreed is not null && CarryOut(change.Session, agreed) is { LostEngine: false })
                change.WriteResult(agreed);
        }
    }

    /// <summary>What is to be done to one project.</summary>
    /// <param name="Session">Its engine.</param>
    /// <param name="Plan">The plan, which may ask whether data may go.</param>
    /// <param name="Keeping">Makes the plan that keeps the data; null with the error written.</param>
    /// <param name="WriteResult">Returns what the user asked to see of it.</param>
    private protected sealed record ProjectChange(
        ProjectSession Session, ComposePlan Plan, Func<ComposePlan?> Keeping, Action<ComposePlan> WriteResult);

    /// <summary>Approves and executes the stages of up, and reports what failed.</summary>
    /// <param name="run">The stages.</param>
    /// <param name="isBrokenOff">Whether a stage could not be carried through, of which an error tells already: nothing more is
    /// to be asked of the engine.</param>
    /// <param name="change">What else the execution needs to know.</param>
    /// <param name="execute">What carries a stage out; without it, the run itself.</param>
    private protected ExecutionReport? CarryOut(
        UpRun run, out bool isBrokenOff, Func<ExecuteOptions, ExecuteOptions>? change =
            null, Func<ComposePlan, ExecuteOptions, IEventSink, CancellationToken, Task<ExecutionReport>>? execute = null)
    {
        execute ??= run.ExecuteAsync;
        isBrokenOff = true;
        while (NextStage(run) is { } next)
        {
            if (next.Value is not { } stage)
            {
                isBrokenOff = run.Report is { LostEngine: true };
                return Report(run.Report);
            }

            WritePlan(stage);
            if (Approve(stage) is not { } approved)
            {
                isBrokenOff = false;
                return Report(run.Report);
            }

            var options = change?.Invoke(approved) ?? approved;
            if (TryRun((sink, cancellationToken) => execute(stage, options, sink, cancellationToken)) is null)
                break;
        }

        return run.Report;
    }

    /// <summary>The next stage, planned again with answers where it asks something; null with the error written.</summary>
    private Maybe<ComposePlan>? NextStage(UpRun run)
    {
        var plan = TryRun((_, cancellationToken) => run.NextAsync(Unasked, cancellationToken).NotNull());
        if (plan?.Value is not { Questions.Count: > 0 } asking)
            return plan;
        var answers = Answer(asking);
        return TryRun((_, cancellationToken) => run.NextAsync(answers, cancellationToken).NotNull());
    }

    /// <summary>How to carry the plan out, or null when nothing of it was agreed to.</summary>
    private protected ExecuteOptions? Approve(ComposePlan plan)
    {
        var declined = plan.Operations
            .Where(operation =>
                !(AsksNothing && !IsWhatIf)
                    && !ShouldProcess($"{plan.ProjectName} {operation.Target} ({operation.Cause})", operation.Kind))
            .Select(operation => operation.Id)
            .ToList();
        return plan.Operations.Count > 0 && declined.Count == plan.Operations.Count
            ? null
            : new ExecuteOptions { Declined = declined };
    }

    /// <summary>The answers to a plan's questions. A host that cannot prompt keeps the data and warns.</summary>
    private protected Answers Answer(ComposePlan plan) => new([.. plan.Questions.Where(Agrees).Select(question => question.Id)]);

    /// <summary>The answers that are given before anything is asked.</summary>
    private protected Answers Unasked => new([]) { All = AnswersYes };

    private protected void WritePlan(ComposePlan plan)
    {
        foreach (var action in plan.Actions)
            WriteVerbose($"{action}: {action.Cause}");
    }

    /// <summary>Writes one error for a project with failed actions.</summary>
    private protected ExecutionReport? Report(ExecutionReport? report)
    {
        if (report is { Succeeded: false })
            WriteError(ErrorRecords.From(report));
        return report;
    }

    /// <summary>True under -WhatIf, when nothing may be asked or changed.</summary>
    private protected bool IsWhatIf => MyInvocation.BoundParameters.TryGetValue("WhatIf", out var asked)
        ? asked is SwitchParameter { IsPresent: true }
        : SessionState.PSVariable.GetValue("WhatIfPreference") is true or SwitchParameter { IsPresent: true };

    /// <summary>Whether the volumes that the given questions name may go; they are asked as one.</summary>
    private bool AgreesToLoss(IReadOnlyList<PlanQuestion> questions) =>
        questions.Count == 0 || IsWhatIf || AnswersYes || Agrees(Texts(questions));

    private static string Texts(IEnumerable<PlanQuestion> questions) =>
        string.Join(System.Environment.NewLine, questions.Select(question => question.Text));

    /// <summary>Whether the user said -Confirm:$false.</summary>
    private protected bool IsConfirmOff =>
        MyInvocation.BoundParameters.TryGetValue("Confirm", out var asked) && asked is SwitchParameter { IsPresent: false };

    private bool Agrees(PlanQuestion question) => !IsWhatIf && Agrees(question.Text);

    private bool Agrees(string question) => (_prompt ??= new DataPrompt(Host, WriteWarning, WayOut)).Agrees(question);

    /// <summary>A one-off cannot be told to lose data: bringing the project up can.</summary>
    private string WayOut => MyInvocation.MyCommand.Parameters.ContainsKey("Force")
        ? "Use -Force to allow it."
        : "Use Invoke-ComposeUp -Force to allow it.";
}
