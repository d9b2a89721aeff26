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

/// <summary>Lists the nodes of a swarm: their role, state, availability, labels and resources.</summary>
[Cmdlet(VerbsCommon.Get, "ComposeNode")]
[OutputType(typeof(ComposeNode))]
public sealed class GetComposeNodeCommand : EngineCommand
{
    /// <summary>The nodes to list, by host name or id; wildcards are allowed.</summary>
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true)]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(NodeCompleter))]
    [ValidateNotNullOrEmpty]
    public string[]? Node { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (var session in Sessions(EngineHost))
            Write(session);
    }

    private void Write(ProjectSession session)
    {
        if (TryRun((_, cancellationToken) => new StackOperations(session).NodesAsync(cancellationToken)) is not { } nodes)
            return;
        var filter = new NameFilter(Node, name =>
            StackErrors.NodeNotFound.Info($"The swarm of the engine at {session.EngineHost} has no node '{name}'.", name));
        WriteObject(
            filter.Keep(nodes, node => [node.Node, node.NodeId], error => WriteError(ErrorRecords.From(error))),
            enumerateCollection: true);
    }
}
