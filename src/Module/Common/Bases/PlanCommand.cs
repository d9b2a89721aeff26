using System.Management.Automation;
using Compose.Events;
using Compose.Execute;
using Compose.Execute.Session;
using Compose.Model;
using Compose.Module.Common.Host;
using Compose.Module.Common.Output;
using Compose.Module.Common.Pipeline;
using Compose.Plan;
using Compose.Plan.Input;

namespace Compose.Module.Common;

/// <summary>
/// The base of cmdlets that carry out plans: calls ShouldProcess for each operation, asks before data is lost, executes, and
/// reports failures.
/// </summary>
public abstract class PlanCommand : ProjectCommand
{
    private DataPrompt? _prompt;

    /// <summary>Whether all questions about data loss are answered with yes (-Force).</summary>
    private protected virtual bool AnswersYes => false;

    /// <summary>Whether up asks no questions about data loss, and keeps the data.</summary>
    private protected virtual bool KeepsData => false;

    /// <summary>Whether to carry out operations without ShouldProcess; -WhatIf is still respected.</summary>
    private protected virtual bool AsksNothing => false;

    /// <summary>Approves and executes a plan without stages.</summary>
    private protected ExecutionReport? CarryOut(ProjectSession session, ComposePlan plan)
    {
        WritePlan(plan);
        return Approve(plan) is { } options
            ? Report(TryRun((sink, cancellationToken) => session.ExecuteAndCheckAsync(plan, options, sink, cancellationToken)))
            : null;
    }

    /// <summary>
    /// Plans and carries out the changes of all targets. The question about data loss is asked once for all projects.
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

    /// <summary>The planned change of a project.</summary>
    /// <param name="Session">The engine's session.</param>
    /// <param name="Plan">The plan, which may have questions about data loss.</param>
    /// <param name="Keeping">Makes the plan that keeps the data; null if that failed, with the error written.</param>
    /// <param name="WriteResult">Writes the results after the plan was carried out.</param>
    private protected sealed record ProjectChange(
        ProjectSession Session, ComposePlan Plan, Func<ComposePlan?> Keeping, Action<ComposePlan> WriteResult);

    /// <summary>How carrying out the stages of up ended. Failures have been written.</summary>
    private protected enum UpEnd
    {
        /// <summary>All stages were executed, though steps of them may have failed.</summary>
        Completed,

        /// <summary>The user declined all operations of a stage.</summary>
        Declined,

        /// <summary>A stage could not be planned or executed, or the engine was lost; more requests would fail, too.</summary>
        BrokenOff,
    }

    /// <summary>Executes an approved stage of up.</summary>
    private protected delegate Task<ExecutionReport> StageExecution(
        ComposePlan stage, ExecuteOptions options, IEventSink sink, CancellationToken cancellationToken);

    /// <summary>Approves and executes the stages of up, and reports what failed.</summary>
    private protected UpEnd CarryOut(UpRun run) => CarryOut(run, run.ExecuteAsync);

    /// <summary>Approves the stages of up, has them executed, and reports what failed.</summary>
    /// <param name="run">The run, which plans each stage.</param>
    /// <param name="execute">Executes a stage, by the run's own method.</param>
    private protected UpEnd CarryOut(UpRun run, StageExecution execute)
    {
        while (NextStage(run) is { } next)
        {
            if (next.Value is not { } stage)
                return Report(run.Report) is { LostEngine: true } ? UpEnd.BrokenOff : UpEnd.Completed;
            WritePlan(stage);
            if (Approve(stage) is not { } options)
            {
                Report(run.Report);
                return UpEnd.Declined;
            }

            if (TryRun((sink, cancellationToken) => execute(stage, options, sink, cancellationToken)) is null)
                break;
        }

        return UpEnd.BrokenOff;
    }

    /// <summary>-WhatIf: shows the operations of up, and executes none.</summary>
    private protected void Preview(ProjectSession session, ComposeProject project, UpOptions options)
    {
        if (TryRun((_, cancellationToken) => session.Plans.UpAsync(project, options, Unasked, cancellationToken)) is { } plan)
            Approve(plan);
    }

    /// <summary>
    /// The next stage's plan, made again with the answers if it has questions. Null, with the error written, if planning
    /// failed; a null value after the last stage.
    /// </summary>
    private Maybe<ComposePlan>? NextStage(UpRun run)
    {
        var plan = TryRun((_, cancellationToken) => run.NextAsync(Unasked, cancellationToken).NotNull());
        if (KeepsData || plan?.Value is not { Questions.Count: > 0 } asking)
            return plan;
        var answers = Answer(asking);
        return TryRun((_, cancellationToken) => run.NextAsync(answers, cancellationToken).NotNull());
    }

    /// <summary>Calls ShouldProcess for each operation. Null if all were declined.</summary>
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

    /// <summary>Asks a plan's questions. If the host cannot prompt, the answer is no, with a warning.</summary>
    private protected Answers Answer(ComposePlan plan) => new([.. plan.Questions.Where(Agrees).Select(question => question.Id)]);

    /// <summary>The answers before any question is asked: yes to all with -Force.</summary>
    private protected Answers Unasked => new([]) { All = AnswersYes };

    private protected void WritePlan(ComposePlan plan)
    {
        foreach (var action in plan.Actions)
            WriteVerbose($"{action}: {action.Cause}");
    }

    /// <summary>Writes one error if actions of a project failed.</summary>
    private protected ExecutionReport? Report(ExecutionReport? report)
    {
        if (report is { Succeeded: false })
            WriteError(ErrorRecords.From(report));
        return report;
    }

    /// <summary>Whether -WhatIf is on, so that nothing may be asked or changed.</summary>
    private protected bool IsWhatIf => MyInvocation.BoundParameters.TryGetValue("WhatIf", out var asked)
        ? asked is SwitchParameter { IsPresent: true }
        : SessionState.PSVariable.GetValue("WhatIfPreference") is true or SwitchParameter { IsPresent: true };

    /// <summary>Asks the questions as one.</summary>
    private bool AgreesToLoss(IReadOnlyList<PlanQuestion> questions) =>
        questions.Count == 0 || IsWhatIf || AnswersYes || Agrees(Texts(questions));

    private static string Texts(IEnumerable<PlanQuestion> questions) =>
        string.Join(System.Environment.NewLine, questions.Select(question => question.Text));

    /// <summary>Whether the user passed -Confirm:$false.</summary>
    private protected bool IsConfirmOff =>
        MyInvocation.BoundParameters.TryGetValue("Confirm", out var asked) && asked is SwitchParameter { IsPresent: false };

    private bool Agrees(PlanQuestion question) => !IsWhatIf && Agrees(question.Text);

    private bool Agrees(string question) => (_prompt ??= new DataPrompt(Host, WriteWarning, AllowLossAdvice)).Agrees(question);

    /// <summary>
    /// The advice if the host cannot prompt. Cmdlets for one-offs have no -Force, so it names Invoke-ComposeUp.
    /// </summary>
    private string AllowLossAdvice => MyInvocation.MyCommand.Parameters.ContainsKey("Force")
        ? "Use -Force to allow it."
        : "Use Invoke-ComposeUp -Force to allow it.";
}
