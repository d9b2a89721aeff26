using System.Management.Automation;
using Compose.Errors;
using Compose.Execute.Session;
using Compose.Module.Common;
using Compose.Module.Common.Output;
using Compose.Module.Common.Parameters;
using Compose.Module.Completion;
using Compose.Swarm;
using Compose.Swarm.Operations;

namespace Compose.Module.Commands;

/// <summary>Lists the stacks of a swarm.</summary>
[Cmdlet(VerbsCommon.Get, "ComposeStack")]
[OutputType(typeof(ComposeStack))]
public sealed class GetComposeStackCommand : EngineCommand
{
    /// <summary>The stacks to list; wildcards are allowed.</summary>
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true)]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(StackCompleter))]
    [ValidateNotNullOrEmpty]
    public string[]? Stack { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (var session in Sessions(EngineHost))
            Write(session);
    }

    private void Write(ProjectSession session)
    {
        if (TryRun((_, cancellationToken) => new StackOperations(session).ListAsync(cancellationToken)) is not { } stacks)
            return;
        var filter = new NameFilter(Stack, name => StackErrors.NoStack(session.EngineHost, name));
        WriteObject(
            filter.Keep(stacks, stack => [stack.Stack], error => WriteError(ErrorRecords.From(error))),
            enumerateCollection: true);
    }
}
