using Compose.Engine.Api;
using Compose.Events;
using Compose.Execute.Session;
using Compose.State;

namespace Compose.Swarm.Operations;

/// <summary>
/// The volumes of a stack. A volume is on the node whose task made it, and only the engine of this session can be asked.
/// </summary>
internal static class StackVolumes
{
    public static async Task<IReadOnlyList<string>> OfAsync(
        ProjectSession session, string stack, IEventSink sink, CancellationToken cancellationToken)
    {
        var filter = Filters.Label(ComposeLabels.Of(StackLabels.Namespace, stack));
        var volumes = await session.Engine.Volumes.ListAsync(filter, cancellationToken).ConfigureAwait(false);
        var others = await OtherNodesAsync(session, cancellationToken).ConfigureAwait(false);
        if (others.Count > 0)
            sink.Emit(new WarningEvent(
                $"Volumes on other nodes stay: {string.Join(", ", others)}. Only the engine at {session.EngineHost} can be "
                + "asked."));
        return [.. volumes.Select(volume => volume.Name).OrderBy(name => name, StringComparer.Ordinal)];
    }

    private static async Task<IReadOnlyList<string>> OtherNodesAsync(ProjectSession session, CancellationToken cancellationToken)
    {
        var membership = await session.Engine.Swarm.MembershipAsync(cancellationToken).ConfigureAwait(false);
        var nodes = await session.Engine.Swarm.NodesAsync(cancellationToken).ConfigureAwait(false);
        return [.. nodes.Where(node => node.Id != membership.NodeId).Select(node => node.Hostname ?? node.Id)];
    }
}
