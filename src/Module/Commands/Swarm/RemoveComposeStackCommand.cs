using System.Management.Automation;
using Compose.Errors;
using Compose.Execute.Session;
using Compose.Module.Common;
using Compose.Module.Common.Output;
using Compose.Module.Common.Pipeline;
using Compose.Module.Completion;

namespace Compose.Module.Commands;

/// <summary>Removes stacks from a swarm, and waits until they are gone; volumes only when asked.</summary>
[Cmdlet(VerbsCommon.Remove, "ComposeStack", SupportsShouldProcess = true)]
[OutputType(typeof(void))]
public sealed class RemoveComposeStackCommand : StackCommand
{
    private readonly List<(string? EngineHost, IReadOnlyList<string> Stacks)> _wanted = [];

    /// <summary>
    /// The stacks to remove; wildcards are allowed; without it, the one that has the name of the files' project.
    /// </summary>
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(StackCompleter))]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public override string[]? Stack { get; set; }

    /// <summary>Removes the volumes of the stack, too, on the node of this engine; those of other nodes stay.</summary>
    [Parameter]
    [Alias("Volumes")]
    public SwitchParameter Volume { get; set; }

    /// <summary>Removes volumes without asking, and so does -Confirm:$false.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>An object of this module whose EngineHost and Stack or ProjectName say what to remove.</summary>
    [Parameter(ValueFromPipeline = true, DontShow = true)]
    public PSObject? InputObject { get; set; }

    private protected override bool AnswersYes => Force || IsConfirmOff;

    /// <inheritdoc/>
    protected override void ProcessRecord() => InputBinding.ForEach(this, Add);

    private void Add()
    {
        if (IsUnidentified(InputObject) || IsPart(InputObject))
            return;
        if (StackTexts() is { } texts)
            _wanted.Add((EngineHost, texts));
    }

    /// <summary>Whether a piped object is a part of a stack, which must not take the whole. If so, writes the error.</summary>
    private bool IsPart(PSObject? piped)
    {
        if (piped?.Properties["Service"]?.Value is null)
            return false;
        WriteError(ErrorRecords.From(ModuleErrors.NotAComposeObject.Info(
            "The piped object is a service or a part of one, and a stack is removed as a whole.", piped,
            "Pipe what Get-ComposeStack returned, or name the stack.")));
        return true;
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        foreach (var engine in _wanted.GroupBy(wanted => wanted.EngineHost))
        {
            if (Session(engine.Key) is not { } session)
                continue;
            foreach (var stack in Stacks(session, [.. engine.SelectMany(wanted => wanted.Stacks).Distinct()]))
                Remove(session, stack);
        }
    }

    private void Remove(ProjectSession session, string stack)
    {
        var removal = Removal(stack, Volume);
        if (Planned(session, removal) is not { } plan)
            return;
        if (plan.Questions.Count > 0 && !IsWhatIf && !AnswersYes && Answer(plan).Yes.Count == 0)
        {
            removal = Removal(stack, volumes: false);
            if ((plan = Planned(session, removal)) is null)
                return;
        }

        CarryOutStack(session, plan, removal);
    }

    private static StackPlanning Removal(string stack, bool volumes) => (stacks, sink, cancellationToken) =>
        stacks.RemovalAsync(stack, volumes, sink, cancellationToken);
}
