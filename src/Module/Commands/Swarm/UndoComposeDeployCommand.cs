using System.Management.Automation;
using Compose.Execute.Session;
using Compose.Module.Common;
using Compose.Module.Common.Pipeline;
using Compose.Module.Completion;
using Compose.Swarm;
using Compose.Swarm.Operations;

namespace Compose.Module.Commands;

/// <summary>Takes services of a stack back to what they were before their last update.</summary>
[Cmdlet(VerbsCommon.Undo, "ComposeDeploy", SupportsShouldProcess = true)]
[OutputType(typeof(ComposeStackService))]
public sealed class UndoComposeDeployCommand : StackCommand
{
    private readonly List<(string? EngineHost, IReadOnlyList<string> Stacks, IReadOnlyList<string> Services)> _wanted = [];

    /// <summary>The stacks; wildcards are allowed; without it, the one that has the name of the files' project.</summary>
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(StackCompleter))]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public override string[]? Stack { get; set; }

    /// <summary>The services to take back; wildcards are allowed; without it, all that have been updated.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(ServiceCompleter))]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[]? Service { get; set; }

    /// <summary>Waits until the tasks of the services run.</summary>
    [Parameter]
    public SwitchParameter Wait { get; set; }

    /// <summary>The longest wait for a service; a number means seconds. Without it there is no limit. Implies -Wait.</summary>
    [Parameter]
    [Seconds]
    [NotNegative]
    public TimeSpan? WaitTimeout { get; set; }

    /// <summary>Returns the services afterwards.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <summary>An object of this module whose EngineHost, Stack or ProjectName, and Service say what to take back.</summary>
    [Parameter(ValueFromPipeline = true, DontShow = true)]
    public PSObject? InputObject { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord() => InputBinding.ForEach(this, Add);

    private void Add()
    {
        if (!IsUnidentified(InputObject) && StackTexts() is { } texts)
            _wanted.Add((EngineHost, texts, Service ?? []));
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        foreach (var engine in _wanted.GroupBy(wanted => wanted.EngineHost))
        {
            if (Session(engine.Key) is not { } session)
                continue;
            var stacks = engine.SelectMany(wanted =>
                Stacks(session, wanted.Stacks).Select(stack => (Stack: stack, wanted.Services)));
            foreach (var stack in stacks.GroupBy(one => one.Stack))
            {
                var services = stack.Any(one => one.Services.Count == 0)
                    ? []
                    : stack.SelectMany(one => one.Services).Distinct().ToArray();
                TakeBack(session, stack.Key, services);
            }
        }
    }

    private void TakeBack(ProjectSession session, string stack, IReadOnlyList<string> services)
    {
        var waits = Wait || WaitTimeout is not null;
        StackPlanning rollback = (stacks, _, cancellationToken) =>
            stacks.RollbackAsync(stack, services, waits, WaitTimeout, cancellationToken);
        if (Planned(session, rollback) is not { } plan
            || CarryOutStack(session, plan, rollback) is not { LostEngine: false }
            || !PassThru)
            return;
        var changed = plan.Operations.Select(operation => operation.Target).ToList();
        if (TryRun((_, cancellationToken) => new StackOperations(session).ServicesAsync(stack, cancellationToken)) is { } all)
            WriteObject(all.Where(service => changed.Contains("service:" + service.Service)), enumerateCollection: true);
    }
}
