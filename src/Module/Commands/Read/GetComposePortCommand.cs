using System.Management.Automation;
using Compose.Events;
using Compose.Execute.Session;
using Compose.Module.Common;
using Compose.State;
using Compose.State.Choosing;

namespace Compose.Module.Commands;

/// <summary>Returns where the ports of running containers are published: all of them, or one.</summary>
[Cmdlet(VerbsCommon.Get, "ComposePort")]
[OutputType(typeof(ComposePort))]
public sealed class GetComposePortCommand : ContainerReadCommand
{
    /// <summary>The container's port; of a service with replicas, the first one's. Without it, all published ports.</summary>
    [Parameter(Position = 1)]
    [ValidateRange(1, 65535)]
    public int? PrivatePort { get; set; }

    /// <summary>The port's protocol; with -PrivatePort tcp when it is left off.</summary>
    [Parameter]
    [ValidateSet("tcp", "udp", "sctp")]
    public string? Protocol { get; set; }

    /// <summary>The number of the replica.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int? Index { get; set; }

    private protected override ContainerChoice Complete(ContainerChoice choice) => choice with { Index = Index };

    private protected override async Task ReadAsync(
        ProjectSession session, ContainerChoice choice, IEventSink sink, CancellationToken cancellationToken)
    {
        foreach (var port in await session.Containers.PortsAsync(
            choice, PrivatePort, Protocol?.ToLowerInvariant(), cancellationToken).ConfigureAwait(false))
            sink.Emit(new ResultEvent(port));
    }
}
