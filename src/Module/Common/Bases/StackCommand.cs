using System.Management.Automation;
using Compose.Events;
using Compose.Execute;
using Compose.Execute.Session;
using Compose.Module.Completion;
using Compose.Plan;
using Compose.Swarm.Operations;

namespace Compose.Module.Common;

/// <summary>The base of cmdlets that work on stacks that exist in a swarm.</summary>
public abstract class StackCommand : PlanCommand
{
    /// <summary>
    /// The stacks, by name; wildcards are allowed; without it, the one that has the name of the files' project.
    /// </summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(StackCompleter))]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public virtual string[]? Stack { get; set; }

    private protected override bool IsForSwarm => true;

    /// <summary>
    /// The names and wildcards of the stacks: -Stack, or the project's name; null, with errors, if the files cannot be loaded.
    /// </summary>
    private protected IReadOnlyList<string>? StackTexts() =>
        Stack is not null ? Stack : FindProjectName() is { } name ? [name] : null;

    /// <summary>The names of the stacks that the texts match; empty, with an error, if the swarm cannot be asked.</summary>
    private protected IReadOnlyList<string> Stacks(ProjectSession session, IReadOnlyList<string> texts) =>
        TryRun((_, cancellationToken) => new StackOperations(session).FindAsync(texts, cancellationToken)) ?? [];

    /// <summary>Plans a change of a stack.</summary>
    private protected delegate Task<ComposePlan> StackPlanning(
        StackOperations stacks, IEventSink sink, CancellationToken cancellationToken);

    /// <summary>Approves and executes a plan of a stack, and reports what failed.</summary>
    private protected ExecutionReport? CarryOutStack(ProjectSession session, ComposePlan plan, StackPlanning again)
    {
        WritePlan(plan);
        var stacks = new StackOperations(session);
        return Approve(plan) is { } options
            ? Report(TryRun((sink, cancellationToken) => stacks.ExecuteAsync(
                plan, options, () => again(stacks, sink, cancellationToken), sink, cancellationToken)))
            : null;
    }

    /// <summary>The plan; null, with the error written, if planning failed.</summary>
    private protected ComposePlan? Planned(ProjectSession session, StackPlanning plan) =>
        TryRun((sink, cancellationToken) => plan(new StackOperations(session), sink, cancellationToken));
}
